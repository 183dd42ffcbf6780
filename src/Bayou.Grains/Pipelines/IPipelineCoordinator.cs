using Bayou.Grains.Partitions;
using Bayou.Grains.Tables;
using Bayou.Sources;

namespace Bayou.Grains.Pipelines;

/// <summary>What a pipeline tells its own grains. Key: the pipeline's name; it is the grain behind <see cref="Bayou.Pipelines.IPipelineGrain"/>.</summary>
[Alias("bayou.IPipelineCoordinator")]
public interface IPipelineCoordinator : IGrainWithStringKey
{
    /// <summary>What a table should do; null when it should not run.</summary>
    [Alias("GetTableAssignmentAsync"), Orleans.Concurrency.AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task<TableAssignment?> GetTableAssignmentAsync(string table);

    /// <summary>A table holds its start cursors: from now on a sink without them has lost its data. Durable when it returns.</summary>
    [Alias("TableInitializedAsync"), Orleans.Concurrency.AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task TableInitializedAsync(string table);

    /// <summary>What a partition should do; null when it should not run.</summary>
    [Alias("GetPartitionAssignmentAsync"), Orleans.Concurrency.AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task<PartitionAssignment?> GetPartitionAssignmentAsync(TopicPartition partition);
}
