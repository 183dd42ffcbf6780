using Bayou.Grains.Routing;
using Bayou.Grains.Tables;
using Bayou.Slices;
using Bayou.Sources;
using Microsoft.Extensions.Logging;

namespace Bayou.Grains.Partitions;

/// <summary>
/// Has a partition's batch routed to its live tables, and the same part of it again for each table that did not take its slice, until each has accepted or
/// fallen behind. Works on the turns of the partition's grain.
/// </summary>
internal sealed partial class BatchDelivery(
    IGrainFactory grains, string pipeline, TopicPartition partition, PartitionAssignment assignment, PartitionFeeds feeds, Func<TimeSpan> now, TimeProvider time, ILogger logger)
{
    private const double FirstWaitMilliseconds = 2;
    private const double LongestWaitMilliseconds = 100;

    /// <summary>Told of each table that has fallen behind, by its index.</summary>
    public required Action<int> FellBehind { get; init; }

    /// <summary>Told when a table is under another version of the definition.</summary>
    public required Action OtherVersion { get; init; }

    /// <summary>Routes what lies between the position and <paramref name="end"/>, or the part of it that makes no slice too large.</summary>
    /// <returns>How far was routed, and whether every call was answered, so that nobody reads the batch any more.</returns>
    public async Task<(long Next, bool Answered)> RunAsync(MicroBatch batch, long end, CancellationToken stopping)
    {
        var pending = Enumerable.Range(0, feeds.All.Count).Where(index => feeds.All[index].IsLive).ToList();
        var range = new OffsetRange(feeds.Position, end);
        var (cut, answered, wait) = (false, true, FirstWaitMilliseconds);
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            if (await TryRouteAsync(batch, range, pending) is { } result)
            {
                // The first answer says where the range ends; a resend ends there too, and so is the same.
                if (!cut) (range, cut) = (new OffsetRange(range.First, result.Next), true);
                TakeAnswers(result, range.Next, pending);
            }
            else
            {
                answered = false;
                pending.RemoveAll(Unanswered);
            }

            if (pending.Count == 0) return (cut ? range.Next : range.First, answered);
            await Task.Delay(TimeSpan.FromMilliseconds(wait), time, stopping);
            wait = Math.Min(LongestWaitMilliseconds, wait * 2);
        }
    }

    /// <summary>Gives a table an empty slice, so that its cursor moves up to <paramref name="next"/>, below which it has no more rows.</summary>
    public async Task SendEmptyAsync(int index, long next)
    {
        var feed = feeds.All[index];
        try
        {
            var slice = new Slice { Source = partition, Generation = assignment.Generation, Version = assignment.Version, Range = new OffsetRange(feed.Accepted, next) };
            var reply = await grains.GetGrain<ITableGrain>(GrainKeys.Table(pipeline, feed.Table)).AcceptAsync(slice);
            feed.LastSlice = now();
            if (feeds.Answered(index, next, reply, now()) && !feed.IsLive) FellBehind(index);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            Unanswered(index);
        }
    }

    private async Task<RouteResult?> TryRouteAsync(MicroBatch batch, OffsetRange range, List<int> pending)
    {
        try
        {
            return await grains.GetGrain<IRouterGrain>("router").RouteAsync(new RouteRequest
            {
                Pipeline = pipeline,
                Version = assignment.Version,
                Generation = assignment.Generation,
                Batch = batch,
                Range = range,
                Targets = [.. pending.Select(index => new RouteTarget(index, feeds.All[index].Accepted))],
            });
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            LogUnrouted(logger, partition.ToString(), range.ToString(), failure.Message);
            return null;
        }
    }

    private void TakeAnswers(RouteResult result, long next, List<int> pending)
    {
        foreach (var target in result.Targets)
        {
            if (!target.HadSlice)
            {
                pending.Remove(target.Index);
                continue;
            }

            var feed = feeds.All[target.Index];
            feed.LastSlice = now();
            feeds.SliceMade(target.Index, next);
            if (target.Reply is not { } reply)
            {
                if (Unanswered(target.Index)) pending.Remove(target.Index);
                continue;
            }

            if (feeds.Answered(target.Index, next, reply, now())) pending.Remove(target.Index);
            if (!feed.IsLive) FellBehind(target.Index);
            if (reply.Answer == AcceptAnswer.OtherVersion) OtherVersion();
        }
    }

    private bool Unanswered(int index)
    {
        if (!feeds.SlowFor(index, now())) return false;
        FellBehind(index);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Partition {Partition}: routing {Range} gave no answer and is repeated: {Failure}")]
    private static partial void LogUnrouted(ILogger logger, string partition, string range, string failure);
}
