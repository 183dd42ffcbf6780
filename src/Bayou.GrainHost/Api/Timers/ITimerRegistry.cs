using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Makes grain timers.</summary>
public interface ITimerRegistry
{
    /// <summary>Registers a timer whose callbacks run as turns of the activation.</summary>
    /// <typeparam name="TState">What the callback is given.</typeparam>
    /// <param name="grainContext">The activation.</param>
    /// <param name="callback">The callback.</param>
    /// <param name="state">What the callback is given.</param>
    /// <param name="options">When it runs.</param>
    IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);
}
