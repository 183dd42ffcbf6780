using System.Globalization;

namespace Bayou.Sinks.Delta;

/// <summary>Exact decimals as plain digits.</summary>
internal static class DecimalText
{
    /// <summary><paramref name="unscaled"/> with <paramref name="scale"/> digits after the point, without exponent.</summary>
    public static string Format(Int128 unscaled, int scale)
    {
        if (scale == 0) return unscaled.ToString(CultureInfo.InvariantCulture);
        var negative = unscaled < 0;
        var digits = (negative ? -unscaled : unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(negative ? "-" : "")}{digits[..^scale]}.{digits[^scale..]}";
    }
}
