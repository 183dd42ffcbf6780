namespace Bayou.Grains.Routing;

/// <summary>
/// Decodes micro-batches, chooses tables, shreds records to typed columns and hands the slices on. It remembers nothing and retries nothing. Key: any; a pool per silo.
/// </summary>
[Alias("bayou.IRouterGrain")]
public interface IRouterGrain : IGrainWithStringKey
{
    /// <summary>Routes part of a batch to some of the tables. The same part of the same batch gives the same slices, whichever tables are asked for.</summary>
    [Alias("RouteAsync"), ResponseTimeout("00:00:30")]
    Task<RouteResult> RouteAsync(RouteRequest request);
}
