namespace Bayou.Definitions;

/// <summary>Where reading starts when nothing has been committed yet. The numbers are wire format.</summary>
public enum StartKind
{
    /// <summary>At the first record that the source still has.</summary>
    Earliest = 0,

    /// <summary>At the end: only records produced after the start are read.</summary>
    Latest = 1,

    /// <summary>At the first record with this timestamp or a later one.</summary>
    Timestamp = 2,

    /// <summary>At an offset named for each partition; partitions that are not named start at their beginning.</summary>
    Offsets = 3,
}
