namespace Bayou.Verification.Reports;

/// <summary>The offset ledger of a pipeline: what became of every record, from the destinations and the topic alone.</summary>
public sealed record VerificationReport
{
    /// <summary>Version of this document's format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Version of the definition in force, as far as known.</summary>
    public required int Version { get; init; }

    /// <summary>Records read from the topic.</summary>
    public required long Records { get; init; }

    /// <summary>Records that no table takes, by rule.</summary>
    public required long Filtered { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<TableReport> Tables { get; init; }

    /// <summary>The partitions.</summary>
    public required IReadOnlyList<PartitionReport> Partitions { get; init; }

    /// <summary>What breaks the promise; empty when nothing does.</summary>
    public required IReadOnlyList<FindingReport> Problems { get; init; }

    /// <summary>What cannot be told; empty when everything can.</summary>
    public required IReadOnlyList<FindingReport> Undecided { get; init; }

    /// <summary>What the source lost and the operator decided to do without.</summary>
    public required IReadOnlyList<AcceptedLoss> AcceptedLosses { get; init; }

    /// <summary>What else is worth knowing.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary><c>fine</c>, <c>problems</c> or <c>undecided</c>.</summary>
    public string Verdict => Problems.Count > 0 ? "problems" : Undecided.Count > 0 ? "undecided" : "fine";
}
