using Bayou.Grains.Partitions;
using Bayou.Grains.Pipelines;
using Bayou.Sources;
using Bayou.Storage;

namespace Bayou.Verification.Reading;

/// <summary>What a pipeline's grains have stored in a state directory, be it in use or not: versions and starts, and ranges that the operator has done without. Never counters.</summary>
/// <param name="grainFolder">The folder that grains are stored in.</param>
/// <param name="pipeline">The pipeline's name.</param>
public sealed class StoredState(string grainFolder, string pipeline)
{
    private readonly FileGrainStorage _storage = new(new FileGrainStorageOptions { RootDirectory = grainFolder });

    /// <summary>The pipeline's state; null when nothing is stored.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public async Task<PipelineGrainState?> ReadPipelineAsync()
    {
        var state = new GrainState<PipelineGrainState>();
        await _storage.ReadStateAsync("pipeline", GrainId.Create("pipeline", pipeline), state);
        return state is { RecordExists: true, State.Version: > 0 } ? state.State : null;
    }

    /// <summary>Ranges of a partition that were gone from the source before they were read.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public async Task<IReadOnlyList<OffsetRange>> ReadLostAsync(TopicPartition partition)
    {
        var state = new GrainState<PartitionGrainState>();
        await _storage.ReadStateAsync("partition", GrainId.Create("partition", $"{pipeline}/{partition}"), state);
        return state.State?.Lost ?? [];
    }
}
