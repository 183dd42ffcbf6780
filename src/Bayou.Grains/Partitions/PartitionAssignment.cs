using Bayou.Definitions;

namespace Bayou.Grains.Partitions;

/// <summary>What a partition grain is told by its pipeline when it starts.</summary>
[GenerateSerializer, Immutable, Alias("bayou.PartitionAssignment")]
public sealed record PartitionAssignment
{
    /// <summary>Where to read.</summary>
    [Id(0)] public required SourceDefinition Source { get; init; }

    /// <summary>Version of the definition to route under.</summary>
    [Id(1)] public required int Version { get; init; }

    /// <summary>The source's generation.</summary>
    [Id(2)] public required int Generation { get; init; }

    /// <summary>The tables by their index in the routing plan.</summary>
    [Id(3)] public required string[] Tables { get; init; }

    /// <summary>For a bounded run, where it ends; null when it does not.</summary>
    [Id(4)] public long? End { get; init; }

    /// <summary>True when an operator has paused the pipeline.</summary>
    [Id(5)] public bool Paused { get; init; }

    /// <summary>Counts every change of the stored definition.</summary>
    [Id(6)] public int Revision { get; init; }
}
