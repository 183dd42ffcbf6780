namespace Bayou.Status;

/// <summary>Status of one table. Counters count since the table was activated.</summary>
[GenerateSerializer, Immutable, Alias("bayou.TableStatus")]
public sealed record TableStatus
{
    /// <summary>The table's name.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>What it is doing.</summary>
    [Id(1)] public required TableState State { get; init; }

    /// <summary>Why, in a sentence; null when there is nothing to say.</summary>
    [Id(2)] public string? Reason { get; init; }

    /// <summary>Rows committed.</summary>
    [Id(3)] public long Rows { get; init; }

    /// <summary>Bytes written to the destination.</summary>
    [Id(4)] public long BytesWritten { get; init; }

    /// <summary>Commits.</summary>
    [Id(5)] public long Commits { get; init; }

    /// <summary>Rows committed per second, over the last ten seconds or so.</summary>
    [Id(6)] public double RowsPerSecond { get; init; }

    /// <summary>When the last commit was durable; null when there was none.</summary>
    [Id(7)] public DateTimeOffset? LastCommit { get; init; }

    /// <summary>The sink's own name for the last commit (for Delta its log version); -1 when there was none.</summary>
    [Id(8)] public long SinkVersion { get; init; } = -1;

    /// <summary>Bytes of slices accepted and not yet durable.</summary>
    [Id(9)] public long BufferedBytes { get; init; }

    /// <summary>How far it is durable, by partition, ordered.</summary>
    [Id(10)] public CursorStatus[] Cursors { get; init; } = [];

    /// <summary>Records of this table that went to quarantine, by the first word of their reason.</summary>
    [Id(11)] public Dictionary<string, long> Quarantined { get; init; } = [];

    /// <summary>Failures of the sink since the last success.</summary>
    [Id(12)] public int FailedAttempts { get; init; }

    /// <summary>What its compaction has done; null when its sink does not compact.</summary>
    [Id(13)] public CompactionStatus? Compaction { get; init; }
}
