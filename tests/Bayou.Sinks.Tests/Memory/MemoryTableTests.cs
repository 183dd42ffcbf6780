using Bayou.Definitions;
using Bayou.Memory;
using Bayou.Sinks.Memory;
using Bayou.Sinks.Tests.Delta;

namespace Bayou.Sinks.Tests.Memory;

public sealed class MemoryTableTests
{
    private static readonly TableDefinition Table = Tables.Table(
        Tables.Column("id", ColumnKind.Long), Tables.Column("s", ColumnKind.String), Tables.Column("m", ColumnKind.Decimal, 9, 2), Tables.Column("d", ColumnKind.Double),
        Tables.Column("b", ColumnKind.Bool), Tables.Column("ts", ColumnKind.Timestamp), Tables.Column("day", ColumnKind.Date), Tables.Column("bin", ColumnKind.Binary));

    private static readonly object?[][] Values =
    [
        [1L, "Oslo", (Int128)1050, 1.5, true, 1_700_000_000_000_000L, 19_000, new byte[] { 1 }],
        [2L, "it's", (Int128)(-1), double.NaN, false, 0L, 0, null],
        [3L, null, null, null, null, null, null, null],
        [4L, "oslo", (Int128)1051, -2.0, true, -1L, -1, new byte[] { 2 }],
    ];

    [Theory]
    [InlineData(null, "1 2 3 4")]
    [InlineData("  ", "1 2 3 4")]
    [InlineData("id = 2", "2")]
    [InlineData("id!=2", "1 3 4")]
    [InlineData("id>1 and id<=3", "2 3")]
    [InlineData("id >= 2.5", "3 4")]
    [InlineData("s = 'Oslo'", "1")]
    [InlineData("s > 'Oslo'", "2 4")]
    [InlineData("s = 'it''s'", "2")]
    [InlineData("s != 'x'", "1 2 4")]
    [InlineData("s is null", "3")]
    [InlineData("s IS NOT NULL And b = true", "1 4")]
    [InlineData("m = 10.5", "1")]
    [InlineData("m > 10.500", "4")]
    [InlineData("m < -0.009", "2")]
    [InlineData("d < 1.5", "4")]
    [InlineData("d >= -1e9", "1 4")] // NaN has no order
    [InlineData("b = false", "2")]
    [InlineData("ts = '2023-11-14 22:13:20'", "1")]
    [InlineData("ts >= '1970-01-01'", "1 2")]
    [InlineData("ts < '1970-01-01T00:00:00Z'", "4")]
    [InlineData("day <= '1970-01-01'", "2 4")]
    [InlineData("bin is not null", "1 4")]
    public void Query_returns_the_rows_that_fulfil_the_condition(string? where, string expected)
    {
        var result = Filled().Query(new MemoryQuery { Where = where });

        Assert.Equal(expected, string.Join(' ', result.Rows.Select(Id)));
        Assert.Equal((result.Rows.Length, 4L, 4L), ((int)result.Matched, result.Held, result.Arrived));
    }

    [Theory]
    [InlineData("x = 1", "There is no column x; there are id, s, m, d, b, ts, day, bin.")]
    [InlineData("id", "The condition ends where an operator is wanted.")]
    [InlineData("id ==", "= is no value for column id, which is long; a number is written without quotes.")]
    [InlineData("id = 'a'", "'a' is no value for column id, which is long; a number is written without quotes.")]
    [InlineData("s = Oslo", "Oslo is no value for column s, which is string; text stands in single quotes.")]
    [InlineData("s = 'Oslo", "The text that begins with 'Oslo has no quote at its end.")]
    [InlineData("id = 1 or id = 2", "'or' is too much; conditions are joined by and.")]
    [InlineData("id like 1", "'like' is no operator; operators are <= >= != = < >, is null and is not null.")]
    [InlineData("id ! 1", "'!' stands alone; operators are <= >= != = < >.")]
    [InlineData("s is 1", "Behind 's is' comes null or not null.")]
    [InlineData("day = '2024-02-30'", "'2024-02-30' is no value for column day, which is date; a day is written '2024-05-31'.")]
    [InlineData("bin = 'a'", "'a' is no value for column bin, which is binary; bytes can only be asked for null.")]
    [InlineData("id = 1 and", "The condition ends where a column's name is wanted.")]
    public void Query_by_a_condition_that_cannot_be_read_says_what_is_wrong(string where, string expected) =>
        Assert.Equal(expected, Assert.Throws<FormatException>(() => Filled().Query(new MemoryQuery { Where = where })).Message);

    [Fact]
    public void Query_with_a_limit_returns_the_latest_rows()
    {
        var result = Filled().Query(new MemoryQuery { Where = "id < 4", Limit = 2 });

        Assert.Equal(["2", "3"], result.Rows.Select(Id));
        Assert.Equal(3, result.Matched);
        Assert.Throws<FormatException>(() => Filled().Query(new MemoryQuery { Limit = 0 }));
    }

    [Fact]
    public void Query_of_a_table_that_nothing_came_to_is_empty() => Assert.Empty(new MemoryTable().Query(new MemoryQuery { Where = "x = 1" }).Rows);

    [Theory]
    [InlineData(1, "9")]
    [InlineData(3, "7 8 9")]
    [InlineData(4, "6 7 8 9")]
    [InlineData(10, "0 1 2 3 4 5 6 7 8 9")]
    public void Append_beyond_the_rows_lets_go_of_the_oldest(int most, string expected)
    {
        var table = new MemoryTable();
        table.Append(Append(most, 1 << 20, Ids(0, 5), Ids(5, 1)));
        table.Append(Append(most, 1 << 20, Ids(6, 3), Ids(9, 1)));

        var result = table.Query(new MemoryQuery());

        Assert.Equal(expected, string.Join(' ', result.Rows.Select(Id)));
        Assert.Equal((Math.Min(most, 10), 10), (result.Held, result.Arrived));
    }

    [Fact]
    public void Append_beyond_the_bytes_lets_go_of_whole_blocks_and_keeps_the_last()
    {
        var table = new MemoryTable();
        table.Append(Append(100, 1, Ids(0, 2), Ids(2, 3)));

        Assert.Equal(["2", "3", "4"], table.Query(new MemoryQuery()).Rows.Select(Id));
    }

    [Fact]
    public void Query_of_rows_from_before_a_column_was_added_takes_it_for_null()
    {
        var table = Filled();
        var wider = Table with { Columns = [Tables.Column("more", ColumnKind.Int), .. Table.Columns] };
        var block = Rows.Block(wider, 50, [[7, 5L, null, null, null, null, null, null, null]]);
        table.Append(new MemoryAppend { Table = wider, Blocks = [Block(block)], MostRows = 100, MostBytes = 1 << 20 });

        Assert.Equal(["5"], table.Query(new MemoryQuery { Where = "more = 7" }).Rows.Select(Id));
        Assert.Equal(4, table.Query(new MemoryQuery { Where = "more is null" }).Matched);
        Assert.Equal(["4", "5"], table.Query(new MemoryQuery { Where = "id > 3" }).Rows.Select(Id));
    }

    private static MemoryTable Filled()
    {
        var table = new MemoryTable();
        table.Append(new MemoryAppend { Table = Table, Blocks = [Block(Rows.Block(Table, 0, Values))], MostRows = 100, MostBytes = 1 << 20 });
        return table;
    }

    private static MemoryAppend Append(int rows, long bytes, params RowBlockRange[] blocks) => new() { Table = Tables.Ids(), Blocks = [.. blocks.Select(Block)], MostRows = rows, MostBytes = bytes };

    private static RowBlockRange Ids(long from, int count) => Tables.IdRows(from, count);

    private static MemoryBlock Block(RowBlockRange range) => new() { Partition = range.Partition, Generation = range.Generation, Bytes = range.Block, FirstRow = range.FirstRow };

    private static string Id(string row) => System.Text.Json.JsonDocument.Parse(row).RootElement.GetProperty("id").GetRawText();
}
