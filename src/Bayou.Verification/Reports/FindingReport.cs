namespace Bayou.Verification.Reports;

/// <summary>All offsets of one table with the same finding.</summary>
public sealed record FindingReport
{
    /// <summary><c>lost</c>, <c>doubled</c>, <c>wrong</c>; <c>expired</c>, <c>ruleUnknown</c>, <c>recordGone</c>, <c>unreadable</c>, <c>startUnknown</c> or <c>otherSource</c>.</summary>
    public required string Finding { get; init; }

    /// <summary>The table; null when it concerns all.</summary>
    public string? Table { get; init; }

    /// <summary>Number of offsets; 0 where they cannot be counted.</summary>
    public long Count { get; init; }

    /// <summary>What it means, in a sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>Up to ten of the offsets.</summary>
    public IReadOnlyList<RecordReference> Examples { get; init; } = [];
}
