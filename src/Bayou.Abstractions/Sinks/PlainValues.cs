using System.Globalization;

namespace Bayou.Sinks;

/// <summary>Values of columns as objects that people and drivers know.</summary>
internal static class PlainValues
{
    /// <summary>A <see cref="DateTime"/> in UTC, or the number itself when it is outside the years 1 to 9999.</summary>
    // Ticks, because microseconds would go by way of a double, which is not exact beyond the year 2255.
    public static object Instant(long microseconds) =>
        microseconds is >= -62_135_596_800_000_000 and <= 253_402_300_799_999_999 ? DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond) : microseconds;

    /// <summary>A <see cref="DateOnly"/>, or the number itself when it is outside the years 1 to 9999.</summary>
    public static object Day(int days) => days is >= -719_162 and <= 2_932_896 ? DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(days) : days;

    /// <summary>A decimal's digits, <paramref name="scale"/> of them behind the point, without exponent.</summary>
    public static string Digits(Int128 unscaled, int scale)
    {
        if (scale == 0) return unscaled.ToString(CultureInfo.InvariantCulture);
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(unscaled < 0 ? "-" : "")}{digits[..^scale]}.{digits[^scale..]}";
    }
}
