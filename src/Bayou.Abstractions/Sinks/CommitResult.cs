namespace Bayou.Sinks;

/// <summary>How a commit ended. (A commit that throws has an unknown outcome.)</summary>
public sealed record CommitResult
{
    /// <summary>True: durable. False: fenced, nothing was written; somebody else has moved a cursor or the definition.</summary>
    public required bool Committed { get; init; }

    /// <summary>What the sink held when it refused; null when committed.</summary>
    public SinkState? Found { get; init; }

    /// <summary>The sink's own name for the commit (for Delta its log version), or -1.</summary>
    public long SinkVersion { get; init; } = -1;

    /// <summary>Bytes written to the destination.</summary>
    public long BytesWritten { get; init; }

    /// <summary>Files, or other units, written to the destination.</summary>
    public int FilesWritten { get; init; }
}
