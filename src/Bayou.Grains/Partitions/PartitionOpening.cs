using Bayou.Grains.Tables;
using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Grains.Partitions;

/// <summary>What a partition learns before it reads: where its tables stand, and whether the source is still the one that they were filled from.</summary>
internal sealed class PartitionOpening(IGrainFactory grains, string pipeline, TopicPartition partition, PartitionAssignment assignment, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The durable cursor of each table: not what it has accepted, as the cursor is what a table that dies now comes back with. Null for tables that are not
    /// open after five seconds, provided that another one is.
    /// </summary>
    public async Task<IReadOnlyList<long?>> AskCursorsAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var cursors = await Task.WhenAll(assignment.Tables.Select(AskAsync).ToList());
            if (cursors.All(cursor => cursor is not null)) return cursors;
            if (cursors.Any(cursor => cursor is not null) && time.GetElapsedTime(began) > Patience) return cursors;
            await Task.Delay(AskAgain, time, cancellationToken);
        }
    }

    /// <summary>A sentence when the log ends below what was read of it, whichever table read it: then it is another log. Null when it does not.</summary>
    public async Task<string?> FindAnotherSourceAsync(ISource source, IReadOnlyList<long?> cursors, CancellationToken cancellationToken)
    {
        var bounds = await source.GetWatermarksAsync(partition, cancellationToken);
        return cursors.Max() is { } highest && highest > bounds.High ? EndsBelow(partition, highest, bounds) : null;
    }

    /// <summary>What is said when a log ends below the position.</summary>
    public static string EndsBelow(TopicPartition partition, long position, Watermarks bounds) =>
        $"Partition {partition} ends at {bounds.High}, below the position {position}: the topic is another one than was read so far. Nothing is read until an operator decides; restore the topic, or read it under a fresh pipeline name.";

    private async Task<long?> AskAsync(string table)
    {
        try
        {
            var reply = await grains.GetGrain<ITableGrain>(GrainKeys.Table(pipeline, table)).AskAsync(new CursorKey(partition, assignment.Generation));
            return reply.Durable >= 0 ? reply.Durable : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
