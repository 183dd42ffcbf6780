using System.Globalization;

namespace Bayou.Sinks.TestKit;

/// <summary>Values that destinations are known to get wrong.</summary>
internal static class KitValues
{
    /// <summary>Text that is taken for syntax, cut, folded or normalized by who does not take care.</summary>
    public static readonly IReadOnlyList<string> HostileStrings =
    [
        "", " ", "  two before and after  ", "\t", "\n", "\r\n", "\\", "\\N", "\\.", "\\n", "null", "NULL", "NaN", "true", "0", "-0", "1e5", "'", "''", "\"", "\"\"", "`", ",", ";", "|",
        "'; DROP TABLE orders; --", "\" OR 1=1", "$1", "$$", "{}", "{\"a\":1}", "[1", "<b>&amp;</b>", "%s%n%d", "../../etc/passwd", "C:\\temp", "=1+1", "@cmd", "\u0001\u0002\u001b[31m", "\u007f",
        "\u0085\u2028\u2029", "\ufeffbom", "\u200b\u200e\u202e", "käse", "ka\u0308se", "ß", "ﬁ", "İi", "日本語", "العربية", "\ud83d\ude00", "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67", "\udbff\udfff", "\ufffd", "\uffff",
        "a\0b", "\0",
    ];

    /// <summary>For each column of <see cref="KitTables.AllTypes"/>, the values to write there; each also gets null.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<KitValue>> ByColumn =
    [
        Same("käse", "", "x"),
        Same(0, 1, -1, int.MinValue, int.MaxValue),
        Same(0L, 1L, -1L, long.MinValue, long.MaxValue, (1L << 53) + 1),
        Same(0f, 1.5f, -0f, float.MaxValue, float.MinValue, float.Epsilon, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0.1f),
        Same(0d, 2.25, -0d, double.MaxValue, double.MinValue, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1, 1e16),
        [Decimal("0.00"), Decimal("-0.01"), Decimal("123.45"), Decimal("9999999.99"), Decimal("-9999999.99")],
        [Decimal("0.0000"), Decimal("12345678901234.5678"), Decimal("-99999999999999.9999")],
        [Decimal("0.0000000001"), Decimal("-1234567890123456789012345678.9012345678"), Decimal("9999999999999999999999999999.9999999999")],
        [Decimal("0"), Decimal("-1"), Decimal("99999999999999999999999999999999999999")],
        Same(true, false),
        [Instant(0), Instant(-1), Instant(1_700_000_000_123_456), Instant(-62_135_596_800_000_000), Instant(253_402_300_799_999_999)],
        [Day(0), Day(-1), Day(19_000), Day(-719_162), Day(2_932_896)],
        [KitValue.Same(Array.Empty<byte>()), KitValue.Same(new byte[] { 0 }), KitValue.Same(new byte[] { 0, 255, 10, 39, 92 })],
        Same("{\"a\":[1,2.50,null],\"b\":\"\\u00e4\"}", "[]", "null", "\"text\"", "{ \"spaced\" : 1 }", "{\"a\":1,\"a\":2}"),
    ];

    private static IReadOnlyList<KitValue> Same(params object[] values) => [.. values.Select(KitValue.Same)];

    private static KitValue Decimal(string digits) => new(Int128.Parse(digits.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), digits);

    private static KitValue Instant(long microseconds) => new(microseconds, DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));

    private static KitValue Day(int days) => new(days, new DateOnly(1970, 1, 1).AddDays(days));
}
