namespace Bayou.Grains.Routing;

/// <summary>How one record was routed as a whole.</summary>
public enum RecordOutcome
{
    /// <summary>At least one table takes it, as a row or into the table's quarantine.</summary>
    Routed = 0,

    /// <summary>No table matches, and the route says that such records are dropped.</summary>
    Filtered = 1,

    /// <summary>No table matches, and the route says that such records go to quarantine.</summary>
    Unmatched = 2,

    /// <summary>The value is not a JSON object that can be read; it goes to quarantine whatever the route says.</summary>
    Unreadable = 3,
}
