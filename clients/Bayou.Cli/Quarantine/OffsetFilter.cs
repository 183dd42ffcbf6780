using Bayou.Sources;

namespace Bayou.Cli.Quarantine;

/// <summary>Which offsets of which partition a quarantine command is about: <c>PARTITION</c>, <c>PARTITION:OFFSET</c> or <c>PARTITION:FIRST-LAST</c>, both ends included.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="Range">The offsets.</param>
internal sealed record OffsetFilter(int Partition, OffsetRange Range)
{
    /// <summary>The filter that <paramref name="text"/> names, or null when it names none.</summary>
    public static OffsetFilter? Parse(string text)
    {
        var colon = text.IndexOf(':');
        if (!int.TryParse(colon < 0 ? text : text[..colon], out var partition) || partition < 0)
            return null;
        if (colon < 0)
            return new OffsetFilter(partition, new OffsetRange(0, long.MaxValue));

        var ends = text[(colon + 1)..].Split('-');
        return ends.Length <= 2 && long.TryParse(ends[0], out var first) && long.TryParse(ends[^1], out var last) && first >= 0 && first <= last && last < long.MaxValue
            ? new OffsetFilter(partition, new OffsetRange(first, OffsetRange.NextAfter(last)))
            : null;
    }

    /// <summary>True for a row that it is about.</summary>
    public bool Matches(QuarantineRow row) => row.Partition == Partition && row.Offset >= Range.First && row.Offset < Range.Next;
}
