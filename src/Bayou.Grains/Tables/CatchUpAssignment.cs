using Bayou.Definitions;

namespace Bayou.Grains.Tables;

/// <summary>What a catch-up is to do.</summary>
[GenerateSerializer, Immutable, Alias("bayou.CatchUpAssignment")]
public sealed record CatchUpAssignment
{
    /// <summary>Where to read.</summary>
    [Id(0)] public required SourceDefinition Source { get; init; }

    /// <summary>Version of the definition to route under.</summary>
    [Id(1)] public required int Version { get; init; }

    /// <summary>The source's generation.</summary>
    [Id(2)] public required int Generation { get; init; }

    /// <summary>The table's index in the routing plan.</summary>
    [Id(3)] public required int TableIndex { get; init; }

    /// <summary>Which falling behind this is, as the partition counts.</summary>
    [Id(4)] public required int Episode { get; init; }
}
