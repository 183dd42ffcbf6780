namespace Bayou.Sinks.Delta;

/// <summary>Provenance of a commit (action <c>commitInfo</c>): free-form by the protocol, so only what this sink writes is modelled.</summary>
internal sealed record CommitInfo
{
    /// <summary>Milliseconds since 1970.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The operation of a compaction.</summary>
    public const string Optimize = "OPTIMIZE";

    /// <summary><c>WRITE</c>, <c>CREATE TABLE</c> or <see cref="Optimize"/>.</summary>
    public required string Operation { get; init; }

    /// <summary>The batch's name, see <see cref="CursorNames.Batch"/>: by it a commit of unknown outcome is found again.</summary>
    public required string BatchId { get; init; }

    public required long Rows { get; init; }

    public required int Files { get; init; }

    /// <summary>Files that were replaced by others.</summary>
    public int RemovedFiles { get; init; }

    public required long Bytes { get; init; }
}
