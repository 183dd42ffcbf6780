using Bayou.Sources;

namespace Bayou.Status;

/// <summary>Status of one partition.</summary>
[GenerateSerializer, Immutable, Alias("bayou.PartitionStatus")]
public sealed record PartitionStatus
{
    /// <summary>The partition.</summary>
    [Id(0)] public required TopicPartition Partition { get; init; }

    /// <summary>What it is doing.</summary>
    [Id(1)] public required PartitionState State { get; init; }

    /// <summary>Why, in a sentence; null when there is nothing to say.</summary>
    [Id(2)] public string? Reason { get; init; }

    /// <summary>Every offset below was routed.</summary>
    [Id(3)] public long NextOffset { get; init; }

    /// <summary>First offset that the source still has; -1 when not known yet.</summary>
    [Id(4)] public long LowWatermark { get; init; } = -1;

    /// <summary>Where the next record will be written; -1 when not known yet.</summary>
    [Id(5)] public long HighWatermark { get; init; } = -1;

    /// <summary>Records between <see cref="NextOffset"/> and the end; -1 when not known yet.</summary>
    [Id(6)] public long Lag { get; init; } = -1;

    /// <summary>Ranges that were lost in the source before they were read.</summary>
    [Id(7)] public OffsetRange[] Lost { get; init; } = [];

    /// <summary>Records routed since the partition was activated.</summary>
    [Id(8)] public long Records { get; init; }

    /// <summary>Tables that are behind here, each fed from its own cursor.</summary>
    [Id(9)] public string[] Behind { get; init; } = [];
}
