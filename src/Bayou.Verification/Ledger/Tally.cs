namespace Bayou.Verification.Ledger;

/// <summary>The ledger of one table in one partition: how many offsets came to what, and examples of what is not as it should be.</summary>
public sealed class Tally
{
    /// <summary>Most examples kept of each finding.</summary>
    public const int MaxExamples = 10;

    private readonly long[] _counts = new long[Enum.GetValues<Finding>().Length];
    private readonly List<long>?[] _examples = new List<long>?[Enum.GetValues<Finding>().Length];

    /// <summary>Offsets with a row in the table.</summary>
    public long Rows { get; internal set; }

    /// <summary>Offsets with a row in the table's part of the quarantine.</summary>
    public long Quarantined { get; internal set; }

    /// <summary>Records that a rule gives to the table, at or beyond its cursor.</summary>
    public long Pending { get; internal set; }

    /// <summary>Number of offsets with this finding.</summary>
    public long this[Finding finding] => _counts[(int)finding];

    /// <summary>Some of those offsets, in the order in which they were found.</summary>
    public IReadOnlyList<long> Examples(Finding finding) => _examples[(int)finding] ?? [];

    internal void Add(Finding finding, long offset, long count = 1)
    {
        _counts[(int)finding] += count;
        var examples = _examples[(int)finding] ??= [];
        if (examples.Count < MaxExamples) examples.Add(offset);
    }
}
