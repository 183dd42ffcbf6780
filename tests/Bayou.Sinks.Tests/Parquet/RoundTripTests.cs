using System.Text;

namespace Bayou.Parquet;

public class RoundTripTests
{
    private static readonly Int128 Widest = Int128.Parse("99999999999999999999999999999999999999");

    [Theory]
    [InlineData(CompressionCodec.Uncompressed)]
    [InlineData(CompressionCodec.Snappy)]
    public void Write_limits_of_each_type_reads_the_same(CompressionCodec codec) =>
        TestFile.AssertRoundTrip(Limits(Repetition.Optional), new ParquetWriterOptions { Codec = codec });

    [Fact]
    public void Write_limits_of_each_type_required_reads_the_same() => TestFile.AssertRoundTrip(
        [.. Limits(Repetition.Required).Select(column => column with { Values = column.Values.Concat(column.Values).Concat(column.Values).Where(value => value is not null).Take(9).ToArray() })]);

    [Fact]
    public void Write_no_rows_gives_a_file_without_row_groups()
    {
        var columns = Limits(Repetition.Optional).Select(column => column with { Values = [] }).ToArray();

        var (bytes, info) = TestFile.Write(columns);

        TestFile.AssertHolds(bytes, columns);
        using var reader = TestFile.Open(bytes);
        Assert.Empty(reader.RowGroups);
        Assert.Equal(0, info.RowGroups);
        Assert.All(info.Columns, column => Assert.False(column.HasBounds));
        Assert.Equal("bayou version 0.1.0", reader.CreatedBy);
        Assert.Equal("tést", reader.KeyValues["purpose"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Write_all_null_columns_reads_nulls(int rows)
    {
        var columns = Limits(Repetition.Optional).Select(column => column with { Values = new object?[rows] }).ToArray();

        var (bytes, info) = TestFile.Write(columns);

        TestFile.AssertHolds(bytes, columns);
        Assert.All(info.Columns, column => Assert.Equal(rows, column.NullCount));
        Assert.All(info.Columns, column => Assert.False(column.HasBounds));
    }

    [Fact]
    public void Write_more_distinct_values_than_the_dictionary_takes_falls_back_and_reads_the_same()
    {
        // Values repeat at first, so that the dictionary pays, and no more later.
        object?[] numbers = [.. Enumerable.Range(0, 60_000).Select(i => (object)(i < 30_000 ? i % 500L : i * 1_000_003L))];
        object?[] texts = [.. numbers.Select(number => (object)Encoding.UTF8.GetBytes($"value {number}"))];
        TestColumn[] columns = [new(SchemaNode.Int64("n", Repetition.Optional), numbers), new(SchemaNode.String("s", Repetition.Required), texts)];
        var options = new ParquetWriterOptions { DictionaryBytes = 8000, PageRows = 5000 };

        var (bytes, _) = TestFile.Write(columns, options);

        TestFile.AssertHolds(bytes, columns);
    }

    [Fact]
    public void Write_few_distinct_values_uses_a_dictionary()
    {
        object?[] texts = [.. Enumerable.Range(0, 50_000).Select(i => (object)Encoding.UTF8.GetBytes($"a rather long value, number {i % 10}"))];

        var (bytes, _) = TestFile.Write([new(SchemaNode.String("s", Repetition.Required), texts)], new ParquetWriterOptions { Codec = CompressionCodec.Uncompressed });

        Assert.InRange(bytes.Length, 25_000, 27_000);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 64, 10)]
    [InlineData(1000, 2000, 999)]
    [InlineData(9999, 65_536, 4096)]
    public void Write_many_pages_and_row_groups_reads_the_same(int blockRows, int pageBytes, int pageRows)
    {
        var random = new Random(5);
        var rows = blockRows == 1 ? 300 : 10_000;
        TestColumn[] columns =
        [
            new(SchemaNode.Boolean("b", Repetition.Optional), [.. Enumerable.Range(0, rows).Select(i => i % 3 == 0 ? null : (object)(i % 2 == 0))]),
            new(SchemaNode.Int64("l", Repetition.Required), [.. Enumerable.Range(0, rows).Select(_ => (object)random.NextInt64())]),
            new(SchemaNode.Int32("i", Repetition.Optional), [.. Enumerable.Range(0, rows).Select(i => i / 100 % 3 == 0 ? null : (object)random.Next(50))]),
            new(SchemaNode.Binary("y", Repetition.Optional), [.. Enumerable.Range(0, rows).Select(i => i % 7 == 0 ? null : (object)new byte[random.Next(40)])]),
        ];
        var options = new ParquetWriterOptions { PageBytes = pageBytes, PageRows = pageRows };

        var (bytes, info) = TestFile.Write(columns, options, blockRows, groupRows: rows / 3);

        TestFile.AssertHolds(bytes, columns);
        Assert.InRange(info.RowGroups, 2, 4);
    }

    [Fact]
    public void Write_text_of_all_planes_reads_the_same()
    {
        var texts = new List<object?>();
        for (var plane = 0; plane <= 16; plane++)
            for (var step = 0; step < 0x10000; step += 257)
                if (Rune.IsValid(plane * 0x10000 + step)) texts.Add(Encoding.UTF8.GetBytes(new Rune(plane * 0x10000 + step).ToString() + plane));

        TestFile.AssertRoundTrip([new(SchemaNode.String("s", Repetition.Optional), [.. texts])]);
    }

    [Fact]
    public void Write_values_larger_than_a_page_reads_the_same()
    {
        object?[] values = [.. Enumerable.Range(0, 20).Select(i => i % 4 == 3 ? null : (object)Enumerable.Repeat((byte)i, 300_000 + i).ToArray())];

        TestFile.AssertRoundTrip([new(SchemaNode.Binary("y", Repetition.Optional), values)], new ParquetWriterOptions { PageBytes = 100_000 });
    }

    [Fact]
    public void Append_constants_and_nulls_reads_runs()
    {
        using var writer = new ParquetFileWriter(new ParquetSchema(
            SchemaNode.String("topic", Repetition.Optional), SchemaNode.Int32("partition", Repetition.Optional), SchemaNode.Boolean("flag", Repetition.Optional)));
        var stream = new MemoryStream();
        writer.Begin(stream);
        for (var i = 0; i < 3; i++)
        {
            writer.Columns[0].AppendConstantBytes("orders"u8, 70_000);
            writer.Columns[1].AppendConstant(i, 70_000);
            writer.Columns[2].AppendConstant((byte)1, 69_999);
            writer.Columns[2].AppendNulls(1);
        }

        var info = writer.Finish();

        using var reader = TestFile.Open(stream.ToArray());
        Assert.Equal(210_000, info.Rows);
        Assert.Equal(Enumerable.Repeat("6F7264657273", 210_000), TestFile.ReadColumn(reader, 0).Select(value => Convert.ToHexString((byte[])value!)));
        Assert.Equal(Enumerable.Range(0, 210_000).Select(row => (object?)(row / 70_000)), TestFile.ReadColumn(reader, 1));
        Assert.Equal(Enumerable.Range(0, 210_000).Select(row => row % 70_000 == 69_999 ? null : (object?)true), TestFile.ReadColumn(reader, 2));
        Assert.Equal(3, info.Columns[2].NullCount);
        Assert.InRange(info.Bytes, 1, 2500);
    }

    [Fact]
    public void Begin_again_after_a_file_or_within_one_writes_the_same_bytes()
    {
        var columns = Limits(Repetition.Optional);
        using var writer = new ParquetFileWriter(new ParquetSchema([.. columns.Select(column => column.Node)]));
        var (first, firstInfo) = TestFile.Write(writer, columns);
        writer.Begin(new MemoryStream());
        for (var i = 0; i < columns.Length; i++) columns[i].AppendTo(writer.Columns[i], 1, 2);
        writer.EndRowGroup();
        for (var i = 0; i < columns.Length; i++) columns[i].AppendTo(writer.Columns[i], 0, 3);

        var (second, secondInfo) = TestFile.Write(writer, columns);
        writer.Dispose();
        var (third, _) = TestFile.Write(writer, columns);

        Assert.Equal(first, second);
        Assert.Equal(first, third);
        Assert.Equal(firstInfo.Columns.Select(column => column.NullCount), secondInfo.Columns.Select(column => column.NullCount));
        Assert.Equal(firstInfo.Columns.Select(column => column.Max), secondInfo.Columns.Select(column => column.Max));
    }

    [Fact]
    public void EndRowGroup_columns_of_different_length_refuses()
    {
        using var writer = new ParquetFileWriter(new ParquetSchema(SchemaNode.Int32("a", Repetition.Required), SchemaNode.Int32("b", Repetition.Required)));
        writer.Begin(new MemoryStream());
        writer.Columns[0].AppendConstant(1, 2);

        Assert.Throws<InvalidOperationException>(() => writer.Finish());
    }

    [Fact]
    public void Append_what_the_column_cannot_hold_refuses()
    {
        using var writer = new ParquetFileWriter(new ParquetSchema(SchemaNode.Int32("a", Repetition.Required), SchemaNode.String("s", Repetition.Optional)));
        writer.Begin(new MemoryStream());

        Assert.Throws<InvalidOperationException>(() => writer.Columns[0].Append<int>([1, 2], [1, 0]));
        Assert.Throws<InvalidOperationException>(() => writer.Columns[0].Append<double>([1, 2]));
        Assert.Throws<InvalidOperationException>(() => writer.Columns[0].AppendNulls(1));
        Assert.Throws<InvalidOperationException>(() => writer.Columns[1].Append<int>([1]));
        Assert.Throws<InvalidOperationException>(() => writer.Columns[0].AppendBytes([1], [1]));
        Assert.Throws<ArgumentException>(() => writer.Columns[1].AppendBytes([0, 0], [], [1]));
    }

    internal static TestColumn[] Limits(Repetition repetition) =>
    [
        new(SchemaNode.Boolean("bool", repetition), [null, true, false, true, null]),
        new(SchemaNode.Int32("int", repetition), [null, int.MinValue, int.MaxValue, 0, -1]),
        new(SchemaNode.Int64("long", repetition), [null, long.MinValue, long.MaxValue, 0L, -1L]),
        new(SchemaNode.Float("float", repetition), [null, float.MinValue, float.MaxValue, float.Epsilon, -0f]),
        new(SchemaNode.Double("double", repetition), [null, double.NegativeInfinity, double.PositiveInfinity, double.NaN, double.Epsilon]),
        new(SchemaNode.String("text", repetition), [null, Array.Empty<byte>(), "a"u8.ToArray(), "é😀\0"u8.ToArray(), null]),
        new(SchemaNode.Binary("bytes", repetition), [null, new byte[] { 0, 255 }, new byte[] { 255 }, Array.Empty<byte>(), new byte[500]]),
        new(SchemaNode.Date("date", repetition), [null, -719_162, 2_932_896, 0, 1]),
        new(SchemaNode.TimestampMicros("at", repetition), [null, -62_135_596_800_000_000, 253_402_300_799_999_999, 0L, 1L]),
        new(SchemaNode.Decimal("d9", repetition, 9, 2), [null, -999_999_999L, 999_999_999L, 0L, 1L]),
        new(SchemaNode.Decimal("d18", repetition, 18, 18), [null, -999_999_999_999_999_999L, 999_999_999_999_999_999L, 0L, 1L]),
        new(SchemaNode.Decimal("d19", repetition, 19, 0), [null, -(Int128)9_999_999_999_999_999_999, (Int128)9_999_999_999_999_999_999, Int128.Zero, Int128.NegativeOne]),
        new(SchemaNode.Decimal("d38", repetition, 38, 10), [null, -Widest, Widest, Int128.Zero, Int128.One]),
    ];
}
