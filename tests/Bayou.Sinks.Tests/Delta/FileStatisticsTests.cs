using System.Text;
using System.Text.Json;
using Bayou.Definitions;
using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Statistics of data files, and the text forms that they are made of.</summary>
public sealed class FileStatisticsTests
{
    [Fact]
    public async Task Commit_writes_bounds_and_null_counts()
    {
        var table = Table(
            Column("s", ColumnKind.String), Column("f", ColumnKind.Double), Column("m", ColumnKind.Decimal, 38, 3), Column("t", ColumnKind.Timestamp),
            Column("d", ColumnKind.Date), Column("b", ColumnKind.Bool), Column("bin", ColumnKind.Binary), Column("nan", ColumnKind.Float), Column("none", ColumnKind.Int));

        var stats = await StatsOf(table,
            ["b", 1.5, (Int128)(-1), 1_500_123_456L, 1, true, new byte[] { 1 }, float.NaN, null],
            [null, -2.0, (Int128)1234, -1L, -1, false, null, 1f, null]);

        Assert.Equal(
            """{"numRecords":2,"minValues":{"_topic":"events","_partition":0,"_offset":0,"_timestamp":"2023-11-14T22:13:20.000Z","s":"b","f":-2,"m":-0.001,"t":"1969-12-31T23:59:59.999Z","d":"1969-12-31"},"""
            + """ "maxValues":{"_topic":"events","_partition":0,"_offset":1,"_timestamp":"2023-11-14T22:13:21.001Z","s":"b","f":1.5,"m":1.234,"t":"1970-01-01T00:25:00.124Z","d":"1970-01-02"},""".TrimStart()
            + """ "nullCount":{"_topic":0,"_partition":0,"_offset":0,"_timestamp":0,"s":1,"f":0,"m":0,"t":0,"d":0,"b":0,"bin":1,"nan":0,"none":2}}""".TrimStart(),
            stats);
    }

    [Theory]
    [InlineData(new[] { 0.0, 0.0 }, "-0.0", "0")] // readers may put -0 below 0, and the format does not tell which it was
    [InlineData(new[] { -0.0 }, "-0.0", "0")]
    [InlineData(new[] { 1e300, double.PositiveInfinity }, "1E+300", null)]
    [InlineData(new[] { double.NegativeInfinity, double.NegativeInfinity }, null, null)]
    [InlineData(new[] { 1.0, double.NaN, 2.0 }, null, null)]
    [InlineData(new[] { double.NaN, 1.0 }, null, null)]
    public async Task Commit_of_doubles_bounds_zeros_on_both_sides_and_leaves_out_what_json_lacks(double[] values, string? min, string? max)
    {
        using var json = JsonDocument.Parse(await StatsOf(Table(Column("d", ColumnKind.Double)), [.. values.Select(value => new object?[] { value })]));

        Assert.Equal(min, json.RootElement.GetProperty("minValues").TryGetProperty("d", out var least) ? least.GetRawText() : null);
        Assert.Equal(max, json.RootElement.GetProperty("maxValues").TryGetProperty("d", out var most) ? most.GetRawText() : null);
    }

    [Fact]
    public async Task Commit_writes_text_of_every_plane_as_it_is()
    {
        var text = "\u0001\"\\\u007F\uFFFE" + char.ConvertFromUtf32(0x20BB7) + char.ConvertFromUtf32(0x10FFFE);

        var stats = await StatsOf(Table(Column("s", ColumnKind.String)), [text]);

        Assert.Contains(""","s":"\u0001\"\\\u007f""" + text[4..] + "\"", stats, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(stats);
        Assert.Equal(text, json.RootElement.GetProperty("minValues").GetProperty("s").GetString());
        Assert.Equal(text, json.RootElement.GetProperty("maxValues").GetProperty("s").GetString());
    }

    [Fact]
    public async Task Commit_of_a_wide_table_has_statistics_of_the_first_32_columns()
    {
        var table = Table([.. Enumerable.Range(0, 40).Select(i => Column($"c{i}", ColumnKind.Int))]);

        var stats = await StatsOf(table, [.. Enumerable.Range(0, 40).Cast<object?>()]);

        using var json = JsonDocument.Parse(stats);
        Assert.Equal(32, json.RootElement.GetProperty("nullCount").EnumerateObject().Count());
        Assert.Equal("c27", json.RootElement.GetProperty("nullCount").EnumerateObject().Last().Name);
    }

    [Theory]
    [InlineData("short", "short", "short")]
    [InlineData("0123456789012345678901234567890", "0123456789012345678901234567890", "0123456789012345678901234567890")]
    [InlineData("01234567890123456789012345678901", "01234567890123456789012345678901", "01234567890123456789012345678901")]
    [InlineData("01234567890123456789012345678901x", "01234567890123456789012345678901", "01234567890123456789012345678902")]
    [InlineData("", "", "")]
    public void Bounds_of_text_are_cut_to_32_characters(string text, string lower, string upper)
    {
        Assert.Equal(lower, StringBound.Lower(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(upper, StringBound.Upper(Encoding.UTF8.GetBytes(text), isExact: true));
    }

    [Fact]
    public void Upper_of_a_prefix_is_greater_than_whatever_begins_with_it() =>
        Assert.Equal("ac", StringBound.Upper("ab"u8, isExact: false));

    [Fact]
    public void Upper_skips_surrogates_and_what_has_no_next_character()
    {
        var last = char.ConvertFromUtf32(0x10FFFF);

        Assert.Equal("a\uE000", StringBound.Upper(Encoding.UTF8.GetBytes("a\uD7FF"), isExact: false));
        Assert.Equal("b", StringBound.Upper(Encoding.UTF8.GetBytes("a" + last + last), isExact: false));
        Assert.Null(StringBound.Upper(Encoding.UTF8.GetBytes(last), isExact: false));
        Assert.Equal(char.ConvertFromUtf32(0x1F601), StringBound.Upper(Encoding.UTF8.GetBytes(char.ConvertFromUtf32(0x1F600)), isExact: false));
    }

    [Fact]
    public void Bounds_of_bytes_that_are_no_text_are_left_out()
    {
        Assert.Null(StringBound.Lower([0xC3, 0x28]));
        Assert.Null(StringBound.Upper([0xFF], isExact: true));
    }

    [Theory]
    [InlineData(12345, 2, "123.45")]
    [InlineData(-5, 2, "-0.05")]
    [InlineData(7, 0, "7")]
    [InlineData(0, 3, "0.000")]
    public void Format_of_a_decimal_and_back(int unscaled, int scale, string text)
    {
        Assert.Equal(text, DecimalText.Format(unscaled, scale));
        Assert.Equal(unscaled, DecimalText.Parse(text, scale));
    }

    [Theory]
    [InlineData("-1.5", 3, -1500)]
    [InlineData("2", 2, 200)]
    public void Parse_of_a_decimal_fills_up_to_the_scale(string text, int scale, int unscaled) => Assert.Equal(unscaled, DecimalText.Parse(text, scale));

    [Theory]
    [InlineData(0, "1970-01-01")]
    [InlineData(-719_162, "0001-01-01")]
    [InlineData(2_932_896, "9999-12-31")]
    [InlineData(2_932_897, null)]
    [InlineData(int.MinValue, null)]
    public void TryFormat_of_a_day_ends_with_the_calendar(int days, string? text) => Assert.Equal(text, DateText.TryFormat(days));

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(253_402_300_799_999, "9999-12-31T23:59:59.999Z")]
    [InlineData(253_402_300_800_000, null)]
    [InlineData(-62_135_596_800_000, "0001-01-01T00:00:00.000Z")]
    [InlineData(-62_135_596_800_001, null)]
    public void TryFormatMilliseconds_ends_with_the_calendar(long milliseconds, string? text) => Assert.Equal(text, DateText.TryFormatMilliseconds(milliseconds));

    private static async Task<string> StatsOf(TableDefinition table, params object?[][] values)
    {
        using var folder = new TableFolder();
        await using var sink = Sink(folder, table);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, values)], Move(0, values.Length)), default);
        return DeltaTableReader.Open(folder.Path).Files.Single().Statistics!;
    }
}
