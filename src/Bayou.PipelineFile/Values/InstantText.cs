using System.Globalization;

namespace Bayou.PipelineFile.Values;

/// <summary>Instants as the file spells them: ISO 8601, in UTC unless an offset is given.</summary>
internal static class InstantText
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "an ISO 8601 time such as 2026-01-31T08:00:00Z (UTC unless an offset is given), or milliseconds since 1970";

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z, not negative; false when the text is no such instant.</summary>
    public static bool TryParse(string text, out long milliseconds)
    {
        if (WholeNumber.TryParse(text, out milliseconds)) return milliseconds >= 0;
        const DateTimeStyles style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, style, out var time)) return false;
        milliseconds = time.ToUnixTimeMilliseconds();
        return milliseconds >= 0;
    }
}
