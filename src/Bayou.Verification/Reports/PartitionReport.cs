namespace Bayou.Verification.Reports;

/// <summary>One partition of the topic.</summary>
public sealed record PartitionReport
{
    /// <summary>The topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The partition.</summary>
    public required int Partition { get; init; }

    /// <summary>The source's generation, from 1.</summary>
    public required int Generation { get; init; }

    /// <summary>First offset that the topic still has; null when it was not read.</summary>
    public long? LowWatermark { get; init; }

    /// <summary>Where reading ended: the topic's end when the destinations had been opened; null when it was not read.</summary>
    public long? HighWatermark { get; init; }

    /// <summary>Records read.</summary>
    public long Records { get; init; }

    /// <summary>Records that no table takes, by rule.</summary>
    public long Filtered { get; init; }

    /// <summary>All tables together.</summary>
    public required LedgerCounts Counts { get; init; }
}
