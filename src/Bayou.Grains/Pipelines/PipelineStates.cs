namespace Bayou.Grains.Pipelines;

/// <summary>Copies and checks a pipeline's state.</summary>
internal static class PipelineStates
{
    /// <summary>What in a stored state does not fit together; null when all does.</summary>
    public static string? Check(PipelineGrainState state)
    {
        foreach (var version in new[] { state.Version, state.TakingOverTo })
            if (version != 0 && !state.Definitions.ContainsKey(version)) return $"it names version {version} of the definition and does not hold it.";
        if (state.TakingOverTo != 0 && state.Version == 0) return $"it is on the way to version {state.TakingOverTo} of the definition from none.";
        if (state.Definitions.Values.Any(each => each is null) || state.Partitions.Values.Any(each => each is null) || state.Sources.Any(each => each is null))
            return "it has a gap where a definition, a partition or a source should be.";
        var misnamed = state.Partitions.FirstOrDefault(each => each.Key != new Sources.TopicPartition(each.Value.Topic, each.Value.Partition).ToString());
        return misnamed.Key is null ? null : $"it has partition {misnamed.Value.Topic}/{misnamed.Value.Partition} under the name {misnamed.Key}.";
    }

    /// <summary>A copy, so that a change which could not be written leaves the old one untouched.</summary>
    public static PipelineGrainState Copy(PipelineGrainState state) => new()
    {
        Definitions = new(state.Definitions),
        Version = state.Version,
        TakingOverTo = state.TakingOverTo,
        Revision = state.Revision,
        ShouldRun = state.ShouldRun,
        Paused = state.Paused,
        PausedTables = [.. state.PausedTables],
        InitializedTables = [.. state.InitializedTables],
        Partitions = new(state.Partitions),
        Sources = [.. state.Sources],
        TableStarts = new(state.TableStarts),
        Floors = new(state.Floors),
    };
}
