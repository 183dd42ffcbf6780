namespace Bayou.Status;

/// <summary>Status of a pipeline, added up from its tables and partitions when asked.</summary>
[GenerateSerializer, Immutable, Alias("bayou.PipelineStatus")]
public sealed record PipelineStatus
{
    /// <summary>The pipeline's name.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>What it is doing.</summary>
    [Id(1)] public required PipelineState State { get; init; }

    /// <summary>Why, in a sentence; null when there is nothing to say.</summary>
    [Id(2)] public string? Reason { get; init; }

    /// <summary>Version of the definition in force; 0 when there is none.</summary>
    [Id(3)] public int DefinitionVersion { get; init; }

    /// <summary>When the status was taken.</summary>
    [Id(4)] public DateTimeOffset Time { get; init; }

    /// <summary>When this pipeline was last started in this silo.</summary>
    [Id(5)] public DateTimeOffset? Started { get; init; }

    /// <summary>The tables, in file order; the table of unreadable and unmatched records comes last.</summary>
    [Id(6)] public TableStatus[] Tables { get; init; } = [];

    /// <summary>The partitions, ordered.</summary>
    [Id(7)] public PartitionStatus[] Partitions { get; init; } = [];

    /// <summary>Version of this message's meaning, 1.</summary>
    [Id(8)] public int FormatVersion { get; init; } = 1;
}
