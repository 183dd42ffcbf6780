namespace Bayou.Grains.Routing;

/// <summary>What one target gets of one record.</summary>
public enum Outcome
{
    /// <summary>Nothing: no rule names the target for this record.</summary>
    None = 0,

    /// <summary>A row. For the target <c>_quarantine</c>, whose rows are the unreadable and unmatched records, too.</summary>
    Row = 1,

    /// <summary>A row in the target's quarantine: a rule names the target, but the record does not fit its columns.</summary>
    Quarantine = 2,
}
