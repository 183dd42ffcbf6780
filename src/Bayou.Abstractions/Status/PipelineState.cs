namespace Bayou.Status;

/// <summary>What a pipeline is doing. The numbers are wire format.</summary>
public enum PipelineState
{
    /// <summary>Nothing was ever started under this name.</summary>
    Unknown = 0,

    /// <summary>Connecting to the source, opening sinks, taking over a changed definition.</summary>
    Starting = 1,

    /// <summary>Reading and committing.</summary>
    Running = 2,

    /// <summary>Paused by an operator; survives a restart.</summary>
    Paused = 3,

    /// <summary>Committing what was accepted, before it stops.</summary>
    Draining = 4,

    /// <summary>Stopped by an operator; not revived after a restart.</summary>
    Stopped = 5,

    /// <summary>A bounded run has committed everything up to its end.</summary>
    Completed = 6,

    /// <summary>Cannot go on without an operator; the reason says why.</summary>
    Failed = 7,
}
