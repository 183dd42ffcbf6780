using Bayou.Sources;
using Bayou.Status;

namespace Bayou.Console.Rendering;

/// <summary>Lag of a table, worked out from its cursors and the watermarks that the partitions know.</summary>
public static class TableLag
{
    /// <summary>Records between what is durable in the table and the end of its partitions, those of other tables included; -1 when no end is known.</summary>
    public static long Of(TableStatus table, PipelineStatus pipeline)
    {
        var ends = pipeline.Partitions.Where(partition => partition.HighWatermark >= 0)
            .ToDictionary(partition => partition.Partition, partition => partition.HighWatermark);
        if (ends.Count == 0)
            return -1;

        // A partition can have cursors of several generations; only the newest one moves.
        var newest = new Dictionary<TopicPartition, CursorStatus>();
        foreach (var cursor in table.Cursors)
            if (!newest.TryGetValue(cursor.Key.Partition, out var other) || cursor.Key.Generation > other.Key.Generation)
                newest[cursor.Key.Partition] = cursor;

        return newest.Values.Sum(cursor => ends.TryGetValue(cursor.Key.Partition, out var end) ? Math.Max(0, end - cursor.NextOffset) : 0);
    }
}
