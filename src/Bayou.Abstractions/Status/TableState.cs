namespace Bayou.Status;

/// <summary>What a table is doing. The numbers are wire format.</summary>
public enum TableState
{
    /// <summary>Opening its sink.</summary>
    Opening = 0,

    /// <summary>Fed by the partitions.</summary>
    Live = 1,

    /// <summary>Fed from its own cursor, for at least one partition.</summary>
    Behind = 2,

    /// <summary>Paused by an operator.</summary>
    Paused = 3,

    /// <summary>Its sink fails; tried again with back-off.</summary>
    Retrying = 4,

    /// <summary>Cannot go on without an operator; the reason says why.</summary>
    Stopped = 5,
}
