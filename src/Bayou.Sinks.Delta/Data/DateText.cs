using System.Globalization;

namespace Bayou.Sinks.Delta;

/// <summary>Days and instants as text.</summary>
internal static class DateText
{
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>A day, given in days since 1970-01-01, as <c>yyyy-MM-dd</c>; for one outside years 1 to 9999 the number of days.</summary>
    public static string Format(int days) => TryFormat(days) ?? days.ToString(CultureInfo.InvariantCulture);

    /// <summary>A day as <c>yyyy-MM-dd</c>, or null outside years 1 to 9999.</summary>
    public static string? TryFormat(int days)
    {
        var number = (long)EpochDay + days;
        return number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>An instant, given in microseconds since 1970, in ISO 8601 with six decimals and <c>Z</c>.</summary>
    /// <exception cref="FormatException">It is outside years 1 to 9999, for which there is no such text.</exception>
    public static string FormatInstant(long microseconds) =>
        microseconds is >= -62_135_596_800_000_000 and <= 253_402_300_799_999_999
            ? DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)
            : throw new FormatException($"The instant {microseconds} µs since 1970 is outside years 1 to 9999, so that no partition of a table can be named after it.");

    /// <summary>An instant, given in milliseconds since 1970, in ISO 8601 with three decimals and <c>Z</c>; null outside years 1 to 9999.</summary>
    public static string? TryFormatMilliseconds(long milliseconds)
    {
        if (milliseconds < -62_135_596_800_000 || milliseconds > 253_402_300_799_999) return null;
        return DateTime.UnixEpoch.AddTicks(milliseconds * TimeSpan.TicksPerMillisecond).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}
