using System.Globalization;

namespace Bayou.Definitions;

/// <summary>Lengths of time as the pipeline file spells them: a whole number and a unit, such as <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>24h</c>, <c>7d</c>.</summary>
public static class DurationText
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "a whole number with ms, s, m, h or d, such as 500ms or 10s";

    private static readonly (string Suffix, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay),
    ];

    /// <summary>The length of time, not negative; false when the text is none or too long a one.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        foreach (var (suffix, unit) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)) continue;
            var digits = text.AsSpan(0, text.Length - suffix.Length).TrimEnd(' ');
            if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > long.MaxValue / unit) return false;
            duration = TimeSpan.FromTicks(count * unit);
            return true;
        }
        return false;
    }

    /// <summary>The length of time in its largest whole unit, readable by <see cref="TryParse"/>; parts of a millisecond are cut off.</summary>
    public static string Format(TimeSpan duration)
    {
        for (var i = Units.Length - 1; i > 0; i--)
        {
            if (duration.Ticks >= Units[i].Ticks && duration.Ticks % Units[i].Ticks == 0) return $"{duration.Ticks / Units[i].Ticks}{Units[i].Suffix}";
        }
        return $"{duration.Ticks / TimeSpan.TicksPerMillisecond}ms";
    }
}
