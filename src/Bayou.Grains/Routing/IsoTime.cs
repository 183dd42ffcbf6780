using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bayou.Grains.Routing;

/// <summary>Days and instants from ISO 8601 text, years 0001 to 9999.</summary>
internal static class IsoTime
{
    private const int EpochDay = 719_162;
    private const long MicrosecondsPerMinute = 60_000_000;

    /// <summary>0001-01-01T00:00:00Z.</summary>
    public const long FirstMicrosecond = -EpochDay * 1440L * MicrosecondsPerMinute;

    /// <summary>9999-12-31T23:59:59.999999Z.</summary>
    public const long LastMicrosecond = (3_652_059L - EpochDay) * 1440 * MicrosecondsPerMinute - 1;

    // What to take from the bytes of `yyyy-MM-ddTHH:mm` so that digits are left and zero between them, and the most that may be left.
    private static readonly Vector128<byte> Minutes = Vector128.Create("0000-00-00T00:00"u8);
    private static readonly Vector128<byte> MostLeft = Vector128.Create((byte)9, 9, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9);

    /// <summary>Days since 1970-01-01 of <c>yyyy-MM-dd</c>.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, out int days)
    {
        days = 0;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-') return false;
        var year = Two(text) * 100 + Two(text[2..]);
        int month = Two(text[5..]), day = Two(text[8..]);
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1) return false;
        if (day > DateTime.DaysInMonth(year, month)) return false;
        days = (int)(new DateTime(year, month, day).Ticks / TimeSpan.TicksPerDay) - EpochDay;
        return true;
    }

    /// <summary>
    /// Microseconds since 1970-01-01T00:00:00Z of a date, <c>T</c> or a space, <c>HH:mm</c>, optionally <c>:ss</c> and a fraction of up to nine
    /// digits, and optionally <c>Z</c>, <c>±HH</c>, <c>±HHmm</c> or <c>±HH:mm</c> (18 hours at most). Without a zone it is UTC. What lies below a microsecond
    /// is cut off.
    /// </summary>
    public static bool TryTimestamp(ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        if (text.Length is 20 or 24 && BitConverter.IsLittleEndian && TryInstant(text, out microseconds)) return true;
        if (text.Length < 16 || !TryDate(text[..10], out var days)) return false;
        if (text[10] is not ((byte)'T' or (byte)' ' or (byte)'t') || text[13] != ':') return false;
        int hour = Two(text[11..]), minute = Two(text[14..]), second = 0, fraction = 0, zone = 0;
        var rest = text[16..];
        if (rest.Length >= 3 && rest[0] == ':')
        {
            second = Two(rest[1..]);
            rest = rest[3..];
            if (rest.Length > 0 && rest[0] == '.' && !TryFraction(ref rest, out fraction)) return false;
        }

        if ((uint)hour > 23 || (uint)minute > 59 || (uint)second > 59 || !TryZone(rest, out zone)) return false;
        microseconds = ((days * 1440L + hour * 60 + minute - zone) * 60 + second) * 1_000_000 + fraction;
        return microseconds is >= FirstMicrosecond and <= LastMicrosecond;
    }

    // The two commonest forms, yyyy-MM-ddTHH:mm:ssZ and that with milliseconds, all digits at once. What it refuses may still be a time.
    private static bool TryInstant(ReadOnlySpan<byte> text, out long microseconds)
    {
        microseconds = 0;
        var left = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text)) - Minutes;
        if (Vector128.GreaterThanAny(left, MostLeft)) return false;
        var (low, high) = (left.AsUInt64()[0], left.AsUInt64()[1]);
        var year = Digit(low, 0) * 1000 + Digit(low, 1) * 100 + Digit(low, 2) * 10 + Digit(low, 3);
        int month = Digit(low, 5) * 10 + Digit(low, 6), day = Digit(high, 0) * 10 + Digit(high, 1);
        int hour = Digit(high, 3) * 10 + Digit(high, 4), minute = Digit(high, 6) * 10 + Digit(high, 7), second = Two(text[17..]), milli = 0;
        if (text.Length == 24)
        {
            milli = (text[20] - '0') * 100 + Two(text[21..]);
            if (text[19] != '.' || (uint)(text[20] - '0') > 9 || milli < 0) return false;
        }

        if (text[16] != ':' || text[^1] != 'Z' || year == 0 || month is 0 or > 12 || day == 0 || hour > 23 || minute > 59 || (uint)second > 59) return false;
        if (day > 28 && day > DateTime.DaysInMonth(year, month)) return false;
        microseconds = (((DayOf(year, month, day) * 24L + hour) * 60 + minute) * 60 + second) * 1_000_000 + milli * 1000;
        return true;
    }

    private static int Digit(ulong bytes, int index) => (int)(bytes >> (index * 8)) & 0xFF;

    private static int DayOf(int year, int month, int day)
    {
        ReadOnlySpan<short> before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
        var whole = year - 1;
        var isLeap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
        return whole * 365 + whole / 4 - whole / 100 + whole / 400 + before[month - 1] + (isLeap && month > 2 ? 1 : 0) + day - 1 - EpochDay;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out int microseconds)
    {
        microseconds = 0;
        var digits = 0;
        for (rest = rest[1..]; !rest.IsEmpty && (uint)(rest[0] - '0') <= 9; rest = rest[1..])
            if (digits++ < 6) microseconds = microseconds * 10 + rest[0] - '0';
        if (digits is 0 or > 9) return false;
        for (; digits < 6; digits++) microseconds *= 10;
        return true;
    }

    private static bool TryZone(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty) return true;
        if (text.Length == 1) return text[0] is (byte)'Z' or (byte)'z';
        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6) || text.Length == 6 && text[3] != ':') return false;
        int hour = Two(text[1..]), minute = text.Length == 3 ? 0 : Two(text[^2..]);
        if ((uint)hour > 18 || (uint)minute > 59 || hour == 18 && minute > 0) return false;
        minutes = hour * 60 + minute;
        if (text[0] == '-') minutes = -minutes;
        return true;
    }

    // Far below zero unless both are digits.
    private static int Two(ReadOnlySpan<byte> text)
    {
        int tens = text[0] - '0', ones = text[1] - '0';
        return (uint)tens > 9 || (uint)ones > 9 ? -100_000 : tens * 10 + ones;
    }
}
