namespace Bayou.Simulation.Tests.Failures;

/// <summary>A step between a record's being read and its being acknowledged, where something can go wrong.</summary>
public enum Step
{
    /// <summary>A batch is read from the source.</summary>
    Pull,

    /// <summary>The batch goes to a router, whose answer acknowledges it to the partition.</summary>
    Route,

    /// <summary>A slice goes to its table, whose answer acknowledges it to the router.</summary>
    Accept,

    /// <summary>Rows are encoded.</summary>
    Encode,

    /// <summary>The encoded rows become a file, which no reader sees yet.</summary>
    DataFile,

    /// <summary>Bad rows and their cursors are committed to the quarantine.</summary>
    QuarantineCommit,

    /// <summary>Rows and cursors are committed.</summary>
    LogCommit,

    /// <summary>The pipeline's grain state is written.</summary>
    PipelineState,

    /// <summary>The partition's hints are written.</summary>
    HintWrite,

    /// <summary>A table that is behind tells its partition how far it is, whose answer makes it live again.</summary>
    HandBack,
}
