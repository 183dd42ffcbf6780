using Bayou.Grains.Hosting;
using Bayou.Pipelines;

namespace Bayou.Grains.Pipelines;

/// <summary>Keeps the names of all pipelines. See <see cref="IPipelineDirectoryGrain"/>.</summary>
internal sealed class PipelineDirectoryGrain(
    [PersistentState("directory", BayouStorage.Name)] IPersistentState<PipelineDirectoryState> state) : Grain, IPipelineDirectoryGrain
{
    /// <inheritdoc/>
    public Task<string[]> ListAsync() => Task.FromResult(state.State.Names.Order(StringComparer.Ordinal).ToArray());

    /// <inheritdoc/>
    public async Task AddAsync(string pipeline)
    {
        if (!state.State.Names.Add(pipeline)) return;
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State.Names.Remove(pipeline);
            DeactivateOnIdle();
            throw;
        }
    }
}
