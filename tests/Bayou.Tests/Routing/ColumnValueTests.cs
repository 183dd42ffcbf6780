using Bayou.Definitions;
using Bayou.Grains.Routing;
using static Bayou.Tests.Routing.RoutingSamples;

namespace Bayou.Tests.Routing;

/// <summary>What fits which type of column, and as what it arrives.</summary>
public class ColumnValueTests
{
    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"plain\"", "plain")]
    [InlineData("\"null\"", "null")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t")]
    [InlineData("\"\\u0041\\u00e9\\u20AC\\ud83d\\uDE00!\"", "Aé€😀!")]
    [InlineData("\"\\u0000\"", "\0")]
    [InlineData("\"€ 😀 \u007f\u2028\"", "€ 😀 \u007f\u2028")]
    [InlineData("\"a very long text without any escape in it, longer than a vector\"", "a very long text without any escape in it, longer than a vector")]
    public void String_takes_strings(string json, string expected) => AssertFits(new(ColumnKind.String), json, expected);

    [Theory]
    [InlineData("1", "1")]
    [InlineData("true", "true")]
    [InlineData("{}", "an object")]
    [InlineData("[]", "an array")]
    [InlineData("\"\\ud800\"", "\"\\ud800\" (half a surrogate pair)")]
    [InlineData("\"\\udc00\\ud800\"", "\"\\udc00\\ud800\" (half a surrogate pair)")]
    [InlineData("\"\\ud800\\u0041\"", "\"\\ud800\\u0041\" (half a surrogate pair)")]
    [InlineData("\"\\ud800x\\udc00\"", "\"\\ud800x\\udc00\" (half a surrogate pair)")]
    public void String_refuses_anything_else(string json, string found) => AssertRefused(new(ColumnKind.String), json, found);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("2147483647", "2147483647")]
    [InlineData("-2147483648", "-2147483648")]
    [InlineData("1.0", "1")]
    [InlineData("1.50e1", "15")]
    [InlineData("1200E-2", "12")]
    [InlineData("0e999999999999999999999", "0")]
    public void Int_takes_whole_numbers(string json, string expected) => AssertFits(new(ColumnKind.Int), json, expected);

    [Theory]
    [InlineData("2147483648", "2147483648 (out of range)")]
    [InlineData("-2147483649", "-2147483649 (out of range)")]
    [InlineData("1e10", "1e10 (out of range)")]
    [InlineData("1.5", "1.5 (too many digits after the point)")]
    [InlineData("1e-1", "1e-1 (too many digits after the point)")]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("true", "true")]
    public void Int_refuses_anything_else(string json, string found) => AssertRefused(new(ColumnKind.Int), json, found);

    [Theory]
    [InlineData("123456789012345678", "123456789012345678")]
    [InlineData("-123456789012345678", "-123456789012345678")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("9223372036854775807.000", "9223372036854775807")]
    [InlineData("1e18", "1000000000000000000")]
    [InlineData("0.0000000000000000000000000000000000000000000000012e49", "12")]
    public void Long_takes_whole_numbers(string json, string expected) => AssertFits(new(ColumnKind.Long), json, expected);

    [Theory]
    [InlineData("9223372036854775808", "9223372036854775808 (out of range)")]
    [InlineData("-9223372036854775809", "-9223372036854775809 (out of range)")]
    [InlineData("99999999999999999999", "99999999999999999999 (out of range)")]
    [InlineData("1e99999999999", "1e99999999999 (out of range)")]
    [InlineData("1e-99999999999", "1e-99999999999 (too many digits after the point)")]
    [InlineData("0.1", "0.1 (too many digits after the point)")]
    [InlineData("1234567890123456789012345678901234567890123456.5e-40", "1234567890123456789012345678901234567890... (too many digits after the point)")]
    public void Long_refuses_anything_else(string json, string found) => AssertRefused(new(ColumnKind.Long), json, found);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "-0")]
    [InlineData("-0.0", "-0")]
    [InlineData("0.1", "0.1")]
    [InlineData("1234.56", "1234.56")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157E+308")]
    [InlineData("5e-324", "5E-324")]
    [InlineData("1e-400", "0")]
    [InlineData("0e5000", "0")]
    [InlineData("123456789012345678901234567890", "1.2345678901234568E+29")]
    [InlineData("0.1000000000000000055511151231257827021181583404541015625", "0.1")]
    [InlineData("1e23", "1E+23")]
    [InlineData("-10589588620514185.000", "-10589588620514184")]
    public void Double_takes_the_nearest(string json, string expected) => AssertFits(new(ColumnKind.Double), json, expected);

    [Theory]
    [InlineData("1e309", "1e309 (out of range)")]
    [InlineData("-1e4294967297", "-1e4294967297 (out of range)")]
    [InlineData("1e9999999999999999", "1e9999999999999999 (out of range)")]
    [InlineData("\"NaN\"", "\"NaN\"")]
    public void Double_refuses_anything_else(string json, string found) => AssertRefused(new(ColumnKind.Double), json, found);

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("16777217", "16777216")]
    [InlineData("16777219", "16777220")]
    [InlineData("3.4028235e38", "3.4028235E+38")]
    [InlineData("1e-46", "0")]
    [InlineData("1.00000017881393432617187499", "1.0000001")]
    public void Float_takes_the_nearest(string json, string expected) => AssertFits(new(ColumnKind.Float), json, expected);

    [Theory]
    [InlineData("3.5e38", "3.5e38 (out of range)")]
    [InlineData("null1", null)]
    public void Float_refuses_anything_else(string json, string? found) => AssertRefused(new(ColumnKind.Float), json, found);

    [Theory]
    [InlineData(5, 2, "0", "0")]
    [InlineData(5, 2, "123.45", "12345")]
    [InlineData(5, 2, "-123.4", "-12340")]
    [InlineData(5, 2, "123.4500000000000000000000000000000000000000000000", "12345")]
    [InlineData(5, 2, "12345e-2", "12345")]
    [InlineData(5, 2, "0.0012e3", "120")]
    [InlineData(18, 0, "999999999999999999", "999999999999999999")]
    [InlineData(38, 0, "-99999999999999999999999999999999999999", "-99999999999999999999999999999999999999")]
    [InlineData(38, 38, "0.99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    [InlineData(38, 10, "1e27", "10000000000000000000000000000000000000")]
    public void Decimal_is_exact(int precision, int scale, string json, string expected) =>
        AssertFits(new(ColumnKind.Decimal, precision, scale), json, expected);

    [Theory]
    [InlineData(5, 2, "1000", "1000 (out of range)")]
    [InlineData(5, 2, "0.001", "0.001 (too many digits after the point)")]
    [InlineData(5, 2, "1e-1000000000000", "1e-1000000000000 (too many digits after the point)")]
    [InlineData(38, 0, "100000000000000000000000000000000000000", "100000000000000000000000000000000000000 (out of range)")]
    [InlineData(38, 10, "1e28", "1e28 (out of range)")]
    [InlineData(5, 2, "\"1.00\"", "\"1.00\"")]
    public void Decimal_refuses_what_it_cannot_hold(int precision, int scale, string json, string found) =>
        AssertRefused(new(ColumnKind.Decimal, precision, scale), json, found);

    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    public void Bool_takes_true_and_false(string json, string expected) => AssertFits(new(ColumnKind.Bool), json, expected);

    [Theory]
    [InlineData("1", "1")]
    [InlineData("\"true\"", "\"true\"")]
    public void Bool_refuses_anything_else(string json, string found) => AssertRefused(new(ColumnKind.Bool), json, found);

    [Theory]
    [InlineData("\"1970-01-01T00:00:00Z\"", 0)]
    [InlineData("\"1970-01-01T00:00\"", 0)]
    [InlineData("\"1970-01-01 00:00:01\"", 1_000_000)]
    [InlineData("\"1970-01-01t00:00:00.5z\"", 500_000)]
    [InlineData("\"1969-12-31T23:59:59.999999Z\"", -1)]
    [InlineData("\"1969-12-31T23:59:59.9999999Z\"", -1)]
    [InlineData("\"2026-03-01T12:34:56.789Z\"", 1772368496789000)]
    [InlineData("\"2026-03-01T12:34:56.123456789Z\"", 1772368496123456)]
    [InlineData("\"2026-03-01T12:34:56.789+01:00\"", 1772364896789000)]
    [InlineData("\"2026-03-01T12:34:56.789-0530\"", 1772388296789000)]
    [InlineData("\"2026-03-01T12:34:56+01\"", 1772364896000000)]
    [InlineData("\"1970-01-01T00:00:0\\u0031Z\"", 1_000_000)]
    [InlineData("\"0001-01-01T00:00:00Z\"", -62135596800000000)]
    [InlineData("\"9999-12-31T23:59:59.999999Z\"", 253402300799999999)]
    [InlineData("\"2024-02-29T00:00:00Z\"", 1709164800000000)]
    [InlineData("0", 0)]
    [InlineData("1772368496789", 1772368496789000)]
    [InlineData("1772368496789.123", 1772368496789123)]
    [InlineData("-1", -1000)]
    [InlineData("1.772368496789e12", 1772368496789000)]
    public void Timestamp_takes_instants(string json, long expected) =>
        AssertFits(new(ColumnKind.Timestamp), json, expected.ToString());

    [Theory]
    [InlineData("\"\"", "\"\" (wrong format)")]
    [InlineData("\"2026-03-01\"", "\"2026-03-01\" (wrong format)")]
    [InlineData("\"2026-02-29T00:00:00Z\"", "\"2026-02-29T00:00:00Z\" (wrong format)")]
    [InlineData("\"2026-13-01T00:00:00Z\"", "\"2026-13-01T00:00:00Z\" (wrong format)")]
    [InlineData("\"2026-01-01T24:00:00Z\"", "\"2026-01-01T24:00:00Z\" (wrong format)")]
    [InlineData("\"2026-01-01T00:60:00Z\"", "\"2026-01-01T00:60:00Z\" (wrong format)")]
    [InlineData("\"2026-12-31T23:59:60Z\"", "\"2026-12-31T23:59:60Z\" (wrong format)")]
    [InlineData("\"2026-01-01T00:00:00.Z\"", "\"2026-01-01T00:00:00.Z\" (wrong format)")]
    [InlineData("\"2026-01-01T00:00:00.1234567890Z\"", "\"2026-01-01T00:00:00.1234567890Z\" (wrong format)")]
    [InlineData("\"2026-01-01T00:00:00 Z\"", "\"2026-01-01T00:00:00 Z\" (wrong format)")]
    [InlineData("\"2026-01-01T00:00:00+19:00\"", "\"2026-01-01T00:00:00+19:00\" (wrong format)")]
    [InlineData("\"2026-01-01T00:00:00+1\"", "\"2026-01-01T00:00:00+1\" (wrong format)")]
    [InlineData("\"2026-01-01T00:00:0\"", "\"2026-01-01T00:00:0\" (wrong format)")]
    [InlineData("\" 2026-01-01T00:00:00Z\"", "\" 2026-01-01T00:00:00Z\" (wrong format)")]
    [InlineData("\"0001-01-01T00:00:00+01:00\"", "\"0001-01-01T00:00:00+01:00\" (wrong format)")]
    [InlineData("\"1772368496789\"", "\"1772368496789\" (wrong format)")]
    [InlineData("1772368496789.1234", "1772368496789.1234 (too many digits after the point)")]
    [InlineData("253402300800000", "253402300800000 (out of range)")]
    [InlineData("1e300", "1e300 (out of range)")]
    [InlineData("true", "true")]
    public void Timestamp_refuses_anything_else(string json, string found) => AssertRefused(new(ColumnKind.Timestamp), json, found);

    [Theory]
    [InlineData("\"1970-01-01\"", "0")]
    [InlineData("\"2026-03-01\"", "20513")]
    [InlineData("\"0001-01-01\"", "-719162")]
    [InlineData("\"9999-12-31\"", "2932896")]
    public void Date_takes_days(string json, string expected) => AssertFits(new(ColumnKind.Date), json, expected);

    [Theory]
    [InlineData("\"2026-03-01T00:00:00Z\"", "\"2026-03-01T00:00:00Z\" (wrong format)")]
    [InlineData("\"0000-01-01\"", "\"0000-01-01\" (wrong format)")]
    [InlineData("\"2026-00-01\"", "\"2026-00-01\" (wrong format)")]
    [InlineData("\"2026-04-31\"", "\"2026-04-31\" (wrong format)")]
    [InlineData("\"2026-4-3\"", "\"2026-4-3\" (wrong format)")]
    [InlineData("20513", "20513")]
    public void Date_refuses_anything_else(string json, string found) => AssertRefused(new(ColumnKind.Date), json, found);

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"AAEC/w==\"", "000102FF")]
    [InlineData("\"AAEC\\/w==\"", "000102FF")]
    [InlineData("\"/+8A\"", "FFEF00")]
    public void Binary_takes_base64(string json, string expected) => AssertFits(new(ColumnKind.Binary), json, expected);

    [Theory]
    [InlineData("\"A\"", "\"A\" (wrong format)")]
    [InlineData("\"AAE\"", "\"AAE\" (wrong format)")]
    [InlineData("\"=\"", "\"=\" (wrong format)")]
    [InlineData("\"==\"", "\"==\" (wrong format)")]
    [InlineData("\"AAF=\"", "\"AAF=\" (wrong format)")]
    [InlineData("\"AB==\"", "\"AB==\" (wrong format)")]
    [InlineData("\"_-8A\"", "\"_-8A\" (wrong format)")]
    [InlineData("\"AA EC\"", "\"AA EC\" (wrong format)")]
    [InlineData("\"AAEC\\n\"", "\"AAEC\\n\" (wrong format)")]
    [InlineData("\"\\ud800\"", "\"\\ud800\" (half a surrogate pair)")]
    [InlineData("1", "1")]
    public void Binary_refuses_anything_else(string json, string found) => AssertRefused(new(ColumnKind.Binary), json, found);

    [Theory]
    [InlineData("{ \"a\" : [1, {}] }")]
    [InlineData("[]")]
    [InlineData("\"a\\u0041\\ud800\"")]
    [InlineData("\"\"")]
    [InlineData("-1.50E+3")]
    [InlineData("false")]
    public void Json_takes_everything_as_it_is_written(string json) => AssertFits(new(ColumnKind.Json), json, json);

    [Theory]
    [InlineData("{\"t\":1}")]
    [InlineData("{\"t\":1,\"c\":null}")]
    [InlineData("{\"t\":1,\"c\":7,\"c\":null}")]
    public void Null_and_missing_are_null_in_every_type(string json)
    {
        foreach (var kind in Enum.GetValues<ColumnKind>())
            Assert.Equal(["100: null"], Shred(new ColumnType(kind, 5, 2), json, false).RowsOf(0));
    }

    [Theory]
    [InlineData("{\"t\":1}", "nothing")]
    [InlineData("{\"t\":1,\"c\":null}", "null")]
    public void Null_and_missing_are_refused_where_required(string json, string found)
    {
        foreach (var kind in Enum.GetValues<ColumnKind>())
            Assert.Equal([$"missing: column c is required, found {found}"], Shred(new ColumnType(kind, 5, 2), json, true).ReasonsOf(0));
    }

    private static void AssertFits(ColumnType type, string json, string expected)
    {
        var shredder = Shred(type, $"{{\"t\":1,\"c\":{json}}}", true);

        Assert.Equal([], shredder.ReasonsOf(0));
        Assert.Equal(["100: " + expected], shredder.RowsOf(0));
    }

    private static void AssertRefused(ColumnType type, string json, string? found)
    {
        var shredder = Shred(type, $"{{\"t\":1,\"c\":{json}}}", false);

        Assert.Equal([], shredder.RowsOf(0));
        if (found is null) Assert.StartsWith("unreadable: ", Assert.Single(shredder.ReasonsOf(1)), StringComparison.Ordinal);
        else Assert.Equal([$"type: column c is {type}, found {found}"], shredder.ReasonsOf(0));
    }

    private static RowShredder Shred(ColumnType type, string json, bool required)
    {
        var shredder = new RowShredder(Plan("t", RouteDefinition.Quarantine, Table("a", ["1"], Column("c", type, required))));
        shredder.ShredAll(Batch(json));
        return shredder;
    }
}
