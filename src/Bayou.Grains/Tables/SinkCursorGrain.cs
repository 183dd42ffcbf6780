using Bayou.Grains.Hosting;

namespace Bayou.Grains.Tables;

/// <summary>
/// Stores the cursors of a sink that cannot. Storage refuses the write of an activation that is not the last one, so that two tables that believe to be the same one cannot both move
/// them. See <see cref="ISinkCursorGrain"/>.
/// </summary>
internal sealed class SinkCursorGrain([PersistentState("cursors", BayouStorage.Name)] IPersistentState<SinkCursorGrainState> state) : Grain, ISinkCursorGrain
{
    /// <inheritdoc/>
    public Task<SinkCursors> ReadAsync() => Task.FromResult(state.State.ToCursors());

    /// <inheritdoc/>
    public async Task<SinkCursors> MoveAsync(SinkCursorChange change)
    {
        var before = state.State;
        var kept = before.ToCursors();
        var next = change.Apply(kept);
        if (ReferenceEquals(next, kept)) return kept;
        state.State = SinkCursorGrainState.Of(next);
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            // The write may have landed all the same: only a new activation knows, which reads it.
            state.State = before;
            DeactivateOnIdle();
            throw;
        }

        return next;
    }
}
