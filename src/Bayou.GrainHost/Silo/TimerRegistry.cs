using Orleans.Runtime;
using Orleans.Timers;

namespace Bayou.GrainHost;

/// <summary>Makes grain timers.</summary>
internal sealed class TimerRegistry : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (!ReferenceEquals(RuntimeContext.Current, grainContext))
            throw new InvalidOperationException("A grain timer is registered on a turn of its own activation, not from another thread.");
        var timer = new GrainTimer(Activation.Of(grainContext), token => callback(state, token), options);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }
}
