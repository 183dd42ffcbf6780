namespace Bayou.Sinks;

/// <summary>What the host does about a sink's failure. The numbers are wire format.</summary>
public enum SinkErrorKind
{
    /// <summary>Tried again with back-off. An unknown error is transient.</summary>
    Transient = 0,

    /// <summary>Named rows can never be written: they go to quarantine and the rest goes on.</summary>
    Poison = 1,

    /// <summary>The table stops, and its status says why.</summary>
    Fatal = 2,
}
