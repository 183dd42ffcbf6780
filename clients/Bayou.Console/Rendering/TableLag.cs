using Bayou.Sources;
using Bayou.Status;

namespace Bayou.Console.Rendering;

/// <summary>Lag of a table, worked out from its cursors and the watermarks that the partitions know.</summary>
public static class TableLag
{
    /// <summary>
    /// Records between what is done with in the table and the end of its partitions, those of other tables included; -1 when no end is known. Where nothing waits in its
    /// memory, a table is done with everything that its partition has routed, however long ago its own last record was.
    /// </summary>
    public static long Of(TableStatus table, PipelineStatus pipeline)
    {
        var partitions = pipeline.Partitions.Where(partition => partition.HighWatermark >= 0).ToDictionary(partition => partition.Partition);
        if (partitions.Count == 0)
            return -1;

        // A partition can have cursors of several generations; only the newest one moves.
        var newest = new Dictionary<TopicPartition, CursorStatus>();
        foreach (var cursor in table.Cursors)
            if (!newest.TryGetValue(cursor.Key.Partition, out var other) || cursor.Key.Generation > other.Key.Generation)
                newest[cursor.Key.Partition] = cursor;

        return newest.Values.Sum(cursor => partitions.TryGetValue(cursor.Key.Partition, out var partition) ? Math.Max(0, partition.HighWatermark - Done(cursor, partition)) : 0);
    }

    private static long Done(CursorStatus cursor, PartitionStatus partition) =>
        cursor.Behind || cursor.AcceptedOffset > cursor.NextOffset ? cursor.NextOffset : Math.Max(cursor.NextOffset, partition.NextOffset);
}
