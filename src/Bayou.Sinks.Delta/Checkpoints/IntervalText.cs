using System.Globalization;

namespace Bayou.Sinks.Delta;

/// <summary>Intervals as table properties have them, such as <c>interval 1 week</c>.</summary>
internal static class IntervalText
{
    /// <summary>The length of <paramref name="text"/>; false unless it is one number with a unit from nanoseconds to weeks.</summary>
    public static bool TryParse(string text, out TimeSpan interval)
    {
        interval = default;
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 3 && words[0].Equals("interval", StringComparison.OrdinalIgnoreCase)) words = words[1..];
        if (words.Length != 2 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return false;
        TimeSpan? unit = words[1].ToLowerInvariant().TrimEnd('s') switch
        {
            "week" => TimeSpan.FromDays(7),
            "day" => TimeSpan.FromDays(1),
            "hour" => TimeSpan.FromHours(1),
            "minute" => TimeSpan.FromMinutes(1),
            "second" => TimeSpan.FromSeconds(1),
            "millisecond" => TimeSpan.FromMilliseconds(1),
            _ => null,
        };
        interval = (unit ?? default) * count;
        return unit is not null;
    }
}
