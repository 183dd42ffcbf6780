namespace Bayou.Grains.Pipelines;

/// <summary>Where a partition starts, resolved once, and where a bounded run of it ends.</summary>
[GenerateSerializer, Immutable, Alias("bayou.PartitionStart")]
public sealed record PartitionStart
{
    /// <summary>The topic.</summary>
    [Id(0)] public required string Topic { get; init; }

    /// <summary>The partition's number.</summary>
    [Id(1)] public required int Partition { get; init; }

    /// <summary>The source's generation.</summary>
    [Id(2)] public int Generation { get; init; } = 1;

    /// <summary>The first offset that is read when nothing was committed before.</summary>
    [Id(3)] public required long Start { get; init; }

    /// <summary>Where a bounded run ends; null when it does not.</summary>
    [Id(4)] public long? End { get; init; }
}
