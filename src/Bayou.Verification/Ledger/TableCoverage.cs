namespace Bayou.Verification.Ledger;

/// <summary>How far a table has come in one partition, as its own sink says.</summary>
/// <param name="Start">Where the table began: offsets below are none of its business.</param>
/// <param name="Next">The table's cursor: every record below has its outcome. Equal to <paramref name="Start"/> while the table has none.</param>
/// <param name="QuarantineNext">The cursor of the table's part of the quarantine; bad rows are there before the table's own cursor moves.</param>
public readonly record struct TableCoverage(long Start, long Next, long QuarantineNext)
{
    /// <summary>False when rows do not say where they came from, or could not be read: nothing is compared then.</summary>
    public bool IsChecked { get; init; } = true;

    /// <summary>Offset from which on it is known which rules were in force; <see cref="long.MaxValue"/> when it is known nowhere.</summary>
    public long RuleKnownFrom { get; init; }
}
