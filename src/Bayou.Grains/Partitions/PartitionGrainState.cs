using Bayou.Sources;

namespace Bayou.Grains.Partitions;

/// <summary>What a partition keeps: hints, which are facts about the source, and the ranges that it lost. Losing all of it costs time only.</summary>
[GenerateSerializer, Alias("bayou.PartitionGrainState")]
public sealed class PartitionGrainState
{
    /// <summary>Version of the definition that the hints hold under.</summary>
    [Id(0)] public int Version { get; set; }

    /// <summary>Generation of the source that the hints hold for.</summary>
    [Id(1)] public int Generation { get; set; }

    /// <summary>The hint for each table.</summary>
    [Id(2)] public Dictionary<string, RowHint> Hints { get; set; } = [];

    /// <summary>Ranges that were gone from the source before they were read.</summary>
    [Id(3)] public List<OffsetRange> Lost { get; set; } = [];

    /// <summary>Leader epoch of the record before <see cref="EpochOffset"/>; -1 when it is not known.</summary>
    [Id(4)] public int LeaderEpoch { get; set; } = -1;

    /// <summary>The position that <see cref="LeaderEpoch"/> belongs to.</summary>
    [Id(5)] public long EpochOffset { get; set; }
}
