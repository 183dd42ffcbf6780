namespace Bayou.Grains.Pipelines;

/// <summary>Copies a pipeline's state, so that a change which could not be written leaves the old one untouched.</summary>
internal static class PipelineStates
{
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
