using System.Text;

namespace Bayou.Parquet;

public class StatisticsTests
{
    [Fact]
    public void Finish_numbers_gives_typed_bounds_over_all_row_groups()
    {
        TestColumn[] columns =
        [
            new(SchemaNode.Int32("i", Repetition.Optional), [5, null, -7, 3]),
            new(SchemaNode.Int64("l", Repetition.Optional), [null, 1L, long.MinValue, long.MaxValue]),
            new(SchemaNode.Boolean("b", Repetition.Optional), [null, false, null, true]),
            new(SchemaNode.Double("d", Repetition.Optional), [0.0, 0.0, null, null]),
            new(SchemaNode.Float("f", Repetition.Optional), [1f, float.NaN, 2f, 3f]),
            new(SchemaNode.Decimal("m", Repetition.Optional, 30, 2), [(Int128)1, (Int128)(-1), null, (Int128)256]),
        ];

        var (bytes, info) = TestFile.Write(columns, blockRows: 1, groupRows: 1);

        Assert.Equal(4, info.RowGroups);
        Assert.Equal([1, 1, 2, 2, 0, 1], info.Columns.Select(column => column.NullCount!.Value));
        Assert.Equal((-7, 5), (info.Columns[0].MinAs<int>(), info.Columns[0].MaxAs<int>()));
        Assert.Equal((long.MinValue, long.MaxValue), (info.Columns[1].MinAs<long>(), info.Columns[1].MaxAs<long>()));
        Assert.Equal((0, 1), (info.Columns[2].MinAs<byte>(), info.Columns[2].MaxAs<byte>()));
        Assert.Equal(long.MinValue, BitConverter.DoubleToInt64Bits(info.Columns[3].MinAs<double>()));
        Assert.Equal(0, BitConverter.DoubleToInt64Bits(info.Columns[3].MaxAs<double>()));
        Assert.False(info.Columns[4].HasBounds);
        Assert.Equal((Int128.NegativeOne, (Int128)256), (info.Columns[5].MinAs<Int128>(), info.Columns[5].MaxAs<Int128>()));
        using var reader = TestFile.Open(bytes);
        Assert.Equal(-7, reader.RowGroups[2].Columns[0].Statistics.MinAs<int>());
        Assert.False(reader.RowGroups[1].Columns[0].Statistics.HasBounds);
        Assert.Equal(1, reader.RowGroups[1].Columns[0].Statistics.NullCount);
        Assert.True(reader.RowGroups[0].Columns[4].Statistics.HasBounds);
        Assert.False(reader.RowGroups[1].Columns[4].Statistics.HasBounds);
        Assert.Equal(Int128.NegativeOne, reader.RowGroups[1].Columns[5].Statistics.MinAs<Int128>());
    }

    [Fact]
    public void Finish_text_orders_by_unsigned_bytes()
    {
        var (_, info) = TestFile.Write([new(SchemaNode.String("s", Repetition.Optional), Texts("b", "é", "a", "z", "", null))]);

        Assert.Equal("", Text(info.Columns[0].Min));
        Assert.Equal("é", Text(info.Columns[0].Max));
        Assert.True(info.Columns[0].IsMinExact);
        Assert.True(info.Columns[0].IsMaxExact);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(0)]
    public void Finish_long_text_cuts_bounds_between_characters(int dictionaryBytes)
    {
        var options = new ParquetWriterOptions { StatisticsBytes = 8, DictionaryBytes = dictionaryBytes };
        object?[] texts = Texts("abcdefgh", "abcdefghi", "zzzzz😀😀", "zzzzz");

        var (bytes, info) = TestFile.Write([new(SchemaNode.String("s", Repetition.Optional), texts)], options);

        Assert.Equal(("abcdefgh", true), (Text(info.Columns[0].Min), info.Columns[0].IsMinExact));
        Assert.Equal(("zzzzz", false), (Text(info.Columns[0].Max), info.Columns[0].IsMaxExact));
        using var reader = TestFile.Open(bytes);
        var read = reader.RowGroups[0].Columns[0].Statistics;
        Assert.Equal(("abcdefgh", true), (Text(read.Min), read.IsMinExact));
        Assert.Equal(("zzzz{", false), (Text(read.Max), read.IsMaxExact));
    }

    [Fact]
    public void Finish_long_text_that_nothing_short_exceeds_has_no_maximum_in_the_file()
    {
        var options = new ParquetWriterOptions { StatisticsBytes = 4 };
        TestColumn[] columns =
        [
            new(SchemaNode.String("s", Repetition.Required), Texts("😀😀")),
            new(SchemaNode.Binary("y", Repetition.Required), [new byte[] { 255, 255, 255, 255, 255 }]),
            new(SchemaNode.Binary("x", Repetition.Required), [new byte[] { 1, 255, 255, 255, 255 }]),
        ];

        var (bytes, info) = TestFile.Write(columns, options);

        using var reader = TestFile.Open(bytes);
        Assert.Equal("😀", Text(info.Columns[0].Max));
        Assert.Null(reader.RowGroups[0].Columns[0].Statistics.Max);
        Assert.Null(reader.RowGroups[0].Columns[1].Statistics.Max);
        Assert.Equal([2], reader.RowGroups[0].Columns[2].Statistics.Max);
        Assert.Equal([1, 255, 255, 255], reader.RowGroups[0].Columns[2].Statistics.Min);
    }

    private static string Text(byte[]? bytes) => Encoding.UTF8.GetString(bytes!);

    private static object?[] Texts(params string?[] texts) => [.. texts.Select(text => text is null ? null : (object)Encoding.UTF8.GetBytes(text))];
}
