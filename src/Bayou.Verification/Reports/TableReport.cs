namespace Bayou.Verification.Reports;

/// <summary>One table of the ledger.</summary>
public sealed record TableReport
{
    /// <summary>The table's name; <c>_quarantine</c> is the table of unreadable and unmatched records.</summary>
    public required string Name { get; init; }

    /// <summary>Where its rows are; no secrets.</summary>
    public required string Destination { get; init; }

    /// <summary>The destination's version that was read; null when there is nothing there.</summary>
    public long? SinkVersion { get; init; }

    /// <summary>False when it cannot be told whether its rows are right.</summary>
    public required bool Checked { get; init; }

    /// <summary>All partitions together.</summary>
    public required LedgerCounts Counts { get; init; }

    /// <summary>Each partition.</summary>
    public required IReadOnlyList<CursorReport> Partitions { get; init; }
}
