using Bayou.Verification.Ledger;

namespace Bayou.Verification.Reports;

/// <summary>How many offsets came to what. Each counts distinct offsets of the topic.</summary>
public sealed record LedgerCounts
{
    /// <summary>With a row.</summary>
    public long Rows { get; init; }

    /// <summary>With a quarantined row.</summary>
    public long Quarantined { get; init; }

    /// <summary>To become a row or a quarantined one, at or beyond the table's cursor.</summary>
    public long Pending { get; init; }

    /// <summary>Without the outcome that a rule names.</summary>
    public long Lost { get; init; }

    /// <summary>With more than one row.</summary>
    public long Doubled { get; init; }

    /// <summary>With a row where the rules do not put one.</summary>
    public long Wrong { get; init; }

    /// <summary>Of which it cannot be told whether they are right.</summary>
    public long Undecided { get; init; }

    /// <summary>The counts of one table in one partition.</summary>
    public static LedgerCounts Of(Tally tally) => new()
    {
        Rows = tally.Rows,
        Quarantined = tally.Quarantined,
        Pending = tally.Pending,
        Lost = tally[Finding.Lost],
        Doubled = tally[Finding.Doubled],
        Wrong = tally[Finding.Wrong],
        Undecided = tally[Finding.Expired] + tally[Finding.RuleUnknown] + tally[Finding.RecordGone],
    };

    /// <summary>All of them added up.</summary>
    public static LedgerCounts Sum(IEnumerable<LedgerCounts> counts) => counts.Aggregate(new LedgerCounts(), (sum, each) => new LedgerCounts
    {
        Rows = sum.Rows + each.Rows,
        Quarantined = sum.Quarantined + each.Quarantined,
        Pending = sum.Pending + each.Pending,
        Lost = sum.Lost + each.Lost,
        Doubled = sum.Doubled + each.Doubled,
        Wrong = sum.Wrong + each.Wrong,
        Undecided = sum.Undecided + each.Undecided,
    });
}
