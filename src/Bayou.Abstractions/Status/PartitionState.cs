namespace Bayou.Status;

/// <summary>What a partition is doing. The numbers are wire format.</summary>
public enum PartitionState
{
    /// <summary>Learning where to start.</summary>
    Starting = 0,

    /// <summary>Reading.</summary>
    Running = 1,

    /// <summary>Paused with its pipeline, or stopped by an operator.</summary>
    Paused = 2,

    /// <summary>The source fails; tried again with back-off.</summary>
    Retrying = 3,

    /// <summary>A bounded run has reached its end.</summary>
    Completed = 4,

    /// <summary>Cannot go on without an operator; the reason says why.</summary>
    Stopped = 5,
}
