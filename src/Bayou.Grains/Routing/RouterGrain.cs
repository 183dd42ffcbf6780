using Bayou.Grains.Tables;
using Bayou.Slices;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Bayou.Grains.Routing;

/// <summary>Shreds on its own turn, then offers every slice at once. See <see cref="IRouterGrain"/>.</summary>
[StatelessWorker, Reentrant]
internal sealed partial class RouterGrain(RoutingPlans plans, BufferPool buffers, ILogger<RouterGrain> logger) : Grain, IRouterGrain
{
    /// <summary>A slice is not made larger than this, unless one record alone is.</summary>
    public const int MaxSliceBytes = 4 << 20;

    /// <inheritdoc/>
    public async Task<RouteResult> RouteAsync(RouteRequest request)
    {
        var shredder = await plans.RentAsync(GrainFactory, request.Pipeline, request.Version);
        var (shredded, slices) = Shred(request, shredder);
        plans.Return(request.Pipeline, request.Version, shredder);

        var offers = new Task<TargetResult>[slices.Length];
        for (var i = 0; i < slices.Length; i++) offers[i] = OfferAsync(request, shredder.Plan, request.Targets[i].Index, slices[i]);
        return new RouteResult { Next = shredded.Next, Targets = await Task.WhenAll(offers), Filtered = shredded.Filtered };
    }

    private (ShredResult Result, Slice?[] Slices) Shred(RouteRequest request, RowShredder shredder)
    {
        var wanted = new bool[shredder.Plan.Targets.Count];
        foreach (var target in request.Targets) wanted[target.Index] = true;
        var result = shredder.Shred(request.Batch, request.Range.First, request.Range.Next, wanted, MaxSliceBytes);

        var slices = new Slice?[request.Targets.Length];
        for (var i = 0; i < slices.Length; i++)
        {
            var (index, from) = (request.Targets[i].Index, request.Targets[i].From);
            slices[i] = shredder.BuildSlice(index, request.Batch.Source, request.Generation, from, result.Next, buffers);
            if (slices[i] is null && request.SendEmpty)
                slices[i] = new Slice { Source = request.Batch.Source, Generation = request.Generation, Version = request.Version, Range = new(from, result.Next) };
        }

        return (result, slices);
    }

    private async Task<TargetResult> OfferAsync(RouteRequest request, RoutingPlan plan, int index, Slice? slice)
    {
        if (slice is null) return new TargetResult { Index = index };
        var name = plan.Targets[index].Name;
        try
        {
            var reply = await GrainFactory.GetGrain<ITableGrain>(GrainKeys.Table(request.Pipeline, name)).AcceptAsync(slice);
            // Accepted here, the buffer is the table's already; otherwise nobody else reads it any more.
            slice.ReleaseOnce();
            return new TargetResult { Index = index, HadSlice = true, Reply = reply };
        }
        catch (Exception failure)
        {
            // The table may still be at it, so the buffer is left to the garbage collector.
            LogUnanswered(logger, name, slice.Source.ToString(), slice.Range.ToString(), failure.Message);
            return new TargetResult { Index = index, HadSlice = true };
        }
    }

    [LoggerMessage(LogLevel.Debug, "Table {Table} gave no answer to the slice {Range} of {Partition}; the partition sends it again: {Failure}")]
    private static partial void LogUnanswered(ILogger logger, string table, string partition, string range, string failure);
}
