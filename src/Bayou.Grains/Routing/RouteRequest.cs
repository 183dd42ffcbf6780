using Bayou.Sources;

namespace Bayou.Grains.Routing;

/// <summary>Part of a micro-batch and the tables that it is for.</summary>
[GenerateSerializer, Immutable, Alias("bayou.RouteRequest")]
public sealed record RouteRequest
{
    /// <summary>The pipeline.</summary>
    [Id(0)] public required string Pipeline { get; init; }

    /// <summary>Version of the definition to route under.</summary>
    [Id(1)] public required int Version { get; init; }

    /// <summary>The source's generation.</summary>
    [Id(2)] public required int Generation { get; init; }

    /// <summary>The batch. It stays the caller's.</summary>
    [Id(3)] public required MicroBatch Batch { get; init; }

    /// <summary>The part of the batch; the router may end earlier, when a slice would become too large.</summary>
    [Id(4)] public required OffsetRange Range { get; init; }

    /// <summary>The tables.</summary>
    [Id(5)] public required RouteTarget[] Targets { get; init; }

    /// <summary>Whether tables without rows in the range get an empty slice, which moves their cursor (catch-up), or none.</summary>
    [Id(6)] public bool SendEmpty { get; init; }
}
