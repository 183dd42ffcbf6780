using Bayou.Grains.Partitions;
using Bayou.Grains.Tables;
using Bayou.Sources;
using Bayou.Status;

namespace Bayou.Grains.Pipelines;

/// <summary>Adds up the statuses of tables and partitions.</summary>
internal static class PipelineStatuses
{
    /// <summary>A table's status; one that says so when there is no answer.</summary>
    public static async Task<TableStatus> AskAsync(string name, ITableGrain table)
    {
        try
        {
            return await table.GetStatusAsync();
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return new TableStatus { Name = name, State = TableState.Opening, Reason = $"Gives no answer: {failure.Message}" };
        }
    }

    /// <summary>A partition's status; one that says so when there is no answer.</summary>
    public static async Task<PartitionStatus> AskAsync(TopicPartition name, IPartitionGrain partition)
    {
        try
        {
            return await partition.GetStatusAsync();
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return new PartitionStatus { Partition = name, State = PartitionState.Starting, Reason = $"Gives no answer: {failure.Message}" };
        }
    }

    /// <summary>The table with the partitions marked in which it is behind.</summary>
    public static TableStatus WithBehind(TableStatus table, IReadOnlyList<PartitionStatus> partitions)
    {
        var behind = partitions.Where(partition => partition.Behind.Contains(table.Name)).Select(partition => partition.Partition).ToHashSet();
        if (behind.Count == 0) return table;
        return table with
        {
            State = table.State == TableState.Live ? TableState.Behind : table.State,
            Reason = table.Reason ?? (table.State == TableState.Live ? $"Behind in {behind.Count} of {partitions.Count} partitions; it catches up by itself." : null),
            Cursors = [.. table.Cursors.Select(cursor => behind.Contains(cursor.Key.Partition) ? cursor with { Behind = true } : cursor)],
        };
    }

    /// <summary>
    /// Per partition up to where everything is durable in every table: for tools that watch a consumer group. A table with nothing in memory is
    /// durable up to where its partition is.
    /// </summary>
    public static Dictionary<TopicPartition, long> Progress(IReadOnlyList<TableStatus> tables, IReadOnlyList<PartitionStatus> partitions)
    {
        var progress = new Dictionary<TopicPartition, long>();
        foreach (var partition in partitions)
        {
            var cursors = tables.SelectMany(table => table.Cursors.Where(cursor => cursor.Key.Partition == partition.Partition)
                .Select(cursor => cursor.NextOffset < cursor.AcceptedOffset || partition.Behind.Contains(table.Name) ? cursor.NextOffset : partition.NextOffset)).ToList();
            if (cursors.Count == tables.Count) progress[partition.Partition] = cursors.Min();
        }

        return progress;
    }

    /// <summary>What a pipeline is doing whose grains should run.</summary>
    public static (PipelineState State, string? Reason) StateOf(bool paused, IReadOnlyList<TableStatus> tables, IReadOnlyList<PartitionStatus> partitions)
    {
        if (paused) return (PipelineState.Paused, "Paused by an operator.");
        if (partitions.Count > 0 && partitions.All(partition => partition.State == PartitionState.Completed)) return (PipelineState.Completed, null);
        if (tables.FirstOrDefault(table => table.State == TableState.Stopped) is { } table) return (PipelineState.Running, $"Table {table.Name} has stopped: {table.Reason}");
        if (partitions.FirstOrDefault(partition => partition.State == PartitionState.Stopped) is { } stopped) return (PipelineState.Running, $"Partition {stopped.Partition} has stopped: {stopped.Reason}");
        if (partitions.FirstOrDefault(partition => partition.State == PartitionState.Retrying) is { } retrying) return (PipelineState.Running, $"Partition {retrying.Partition}: {retrying.Reason}");
        return partitions.Any(partition => partition.State is PartitionState.Running or PartitionState.Completed) ? (PipelineState.Running, null) : (PipelineState.Starting, null);
    }
}
