namespace Bayou.Grains.Routing;

/// <summary>What became of a routed range.</summary>
[GenerateSerializer, Immutable, Alias("bayou.RouteResult")]
public sealed record RouteResult
{
    /// <summary>How far was routed. A resend is to end here too.</summary>
    [Id(0)] public required long Next { get; init; }

    /// <summary>One result for each table of the request, in its order.</summary>
    [Id(1)] public required TargetResult[] Targets { get; init; }

    /// <summary>Records that a rule filtered out.</summary>
    [Id(2)] public long Filtered { get; init; }
}
