namespace Bayou.Grains.Routing;

/// <summary>A table that a batch is routed to.</summary>
[GenerateSerializer, Immutable, Alias("bayou.RouteTarget")]
public readonly record struct RouteTarget
{
    /// <summary>Target <paramref name="index"/>, whose slice begins at <paramref name="from"/>.</summary>
    public RouteTarget(int index, long from) => (Index, From) = (index, from);

    /// <summary>The table's index in the routing plan.</summary>
    [Id(0)] public int Index { get; init; }

    /// <summary><c>Next</c> of the last slice that the table accepted from the partition.</summary>
    [Id(1)] public long From { get; init; }
}
