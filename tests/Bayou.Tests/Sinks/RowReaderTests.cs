using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Tests.Sinks;

public sealed class RowReaderTests
{
    private static readonly TableDefinition Table = new()
    {
        Name = "t",
        Match = ["t"],
        Sink = new SinkDefinition { Kind = "none", Options = [] },
        Columns =
        [
            Column("s", ColumnKind.String), Column("i", ColumnKind.Int), Column("l", ColumnKind.Long), Column("f", ColumnKind.Float), Column("d", ColumnKind.Double),
            Column("m9", ColumnKind.Decimal, 9, 2), Column("m38", ColumnKind.Decimal, 38, 3), Column("b", ColumnKind.Bool), Column("ts", ColumnKind.Timestamp),
            Column("day", ColumnKind.Date), Column("bin", ColumnKind.Binary), Column("j", ColumnKind.Json),
        ],
    };

    [Fact]
    public void Read_of_an_empty_batch_ends_at_once_and_stays_at_the_end()
    {
        var rows = new RowReader(Batch(), Table);

        Assert.False(rows.Read());
        Assert.False(rows.Read());
    }

    [Fact]
    public void Read_goes_through_all_blocks_from_their_first_rows_on()
    {
        var rows = new RowReader(Batch(Block(0, 10, 3), Block(1, 20, 2, firstRow: 2), new RowBlockRange(new TopicPartition("events", 9), 1, default, 0), Block(2, 30, 3, firstRow: 1)), Table);

        var seen = new List<string>();
        while (rows.Read()) seen.Add($"{rows.Current.Partition}@{rows.Current.Offset}");

        Assert.Equal(["events/0@10", "events/0@11", "events/0@12", "events/2@31", "events/2@32"], seen);
        Assert.False(rows.Read());
    }

    [Fact]
    public void Value_of_each_kind_is_what_people_and_drivers_know()
    {
        var rows = new RowReader(Batch(One(row =>
        {
            row[0].AppendBytes("käse"u8);
            row[1].Append(-1);
            row[2].Append(long.MaxValue);
            row[3].Append(1.5f);
            row[4].Append(double.NaN);
            row[5].AppendDecimal(-5);
            row[6].AppendDecimal(Int128.Parse("-99999999999999999999999999999999999999"));
            row[7].Append((byte)1);
            row[8].Append(1_700_000_000_123_456L);
            row[9].Append(-1);
            row[10].AppendBytes([0, 255]);
            row[11].AppendBytes("{ }"u8);
        })), Table);

        Assert.True(rows.Read());
        var values = new List<object?>();
        for (var i = 0; i < rows.Current.Columns; i++) values.Add(rows.Current.Value(i));

        Assert.Equal(
            ["käse", -1, long.MaxValue, 1.5f, double.NaN, "-0.05", "-99999999999999999999999999999999999.999", true, new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc).AddTicks(1_234_560), new DateOnly(1969, 12, 31), new byte[] { 0, 255 }, "{ }"],
            values);
        Assert.Equal("m38", rows.Current.Column(6).Name);
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, DateTimeKind.Utc), rows.Current.Timestamp);
    }

    [Fact]
    public void Value_that_is_missing_is_null_and_one_outside_the_calendar_is_a_number()
    {
        var rows = new RowReader(Batch(One(row =>
        {
            row[8].Append(long.MaxValue);
            row[9].Append(int.MinValue);
        }, timestamp: long.MinValue)), Table);

        Assert.True(rows.Read());

        Assert.True(rows.Current.IsNull(0));
        Assert.Null(rows.Current.Value(0));
        Assert.Equal(0, rows.Current.Fixed<int>(1));
        Assert.Equal((long.MaxValue, int.MinValue), (rows.Current.Value(8), rows.Current.Value(9)));
        Assert.Null(rows.Current.Timestamp);
    }

    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("0", 2, "0.00")]
    [InlineData("7", 3, "0.007")]
    [InlineData("-1234", 2, "-12.34")]
    [InlineData("-1", 38, "-0.00000000000000000000000000000000000001")]
    public void Digits_has_as_many_behind_the_point_as_the_scale_says(string unscaled, int scale, string expected) =>
        Assert.Equal(expected, PlainValues.Digits(Int128.Parse(unscaled), scale));

    private static ColumnDefinition Column(string name, ColumnKind kind, int precision = 0, int scale = 0) =>
        new() { Name = name, Type = new ColumnType(kind, precision, scale), Path = [name] };

    private static SinkBatch Batch(params RowBlockRange[] blocks) => new() { Id = "b", Rows = blocks };

    private static RowBlockRange Block(int partition, long from, int count, int firstRow = 0)
    {
        var builder = new RowBlockBuilder(Table.Columns);
        for (var i = 0; i < count; i++) builder.EndRow(from + i, 0);
        return Range(builder, partition, firstRow);
    }

    private static RowBlockRange One(RowFiller fill, long timestamp = 1_700_000_000_000_000)
    {
        var builder = new RowBlockBuilder(Table.Columns);
        fill(builder.Columns);
        builder.EndRow(5, timestamp);
        return Range(builder, 0, 0);
    }

    private static RowBlockRange Range(RowBlockBuilder builder, int partition, int firstRow)
    {
        var bytes = new byte[builder.SizeBytes];
        return new RowBlockRange(new TopicPartition("events", partition), 1, bytes.AsMemory(0, builder.WriteTo(bytes)), firstRow);
    }

    private delegate void RowFiller(ReadOnlySpan<ColumnBuilder> columns);
}
