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

    /// <summary>The unscaled number of a text like <c>-12.5</c>, with <paramref name="scale"/> digits after the point.</summary>
    /// <exception cref="FormatException">It is no such text, or has more digits after the point.</exception>
    public static Int128 Parse(string text, int scale)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? text : text.Remove(point, 1);
        if (!digits.AsSpan().ContainsAnyInRange('0', '9')) throw new FormatException($"'{text}' is no number.");
        var missing = scale - (point < 0 ? 0 : text.Length - point - 1);
        if (missing < 0) throw new FormatException($"{text} has more than {scale} digits after the point.");
        return Int128.Parse(digits + new string('0', missing), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }
}
