using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans;

/// <summary>What a grain asks of its activation.</summary>
public static class GrainBaseExtensions
{
    /// <summary>Lets the activation go when it has no request in progress.</summary>
    /// <param name="grain">The grain.</param>
    public static void DeactivateOnIdle(this IGrainBase grain) => grain.GrainContext.Deactivate(new DeactivationReason(
        DeactivationReasonCode.ApplicationRequested, "The grain asked for it."));

    /// <summary>Registers a timer whose callbacks run as turns of the activation.</summary>
    /// <typeparam name="TState">What the callback is given.</typeparam>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">The callback; its token is cancelled when the timer is disposed.</param>
    /// <param name="state">What the callback is given.</param>
    /// <param name="options">When it runs, and what it may interleave with. The period counts from the end of one callback to the next.</param>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var context = grain.GrainContext;
        return context.ActivationServices.GetRequiredService<ITimerRegistry>().RegisterGrainTimer(context, callback, state, options);
    }

    /// <inheritdoc cref="RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState, GrainTimerCreationOptions)"/>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return grain.RegisterGrainTimer((argument, _) => callback(argument), state, options);
    }

    /// <inheritdoc cref="RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState, GrainTimerCreationOptions)"/>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return grain.RegisterGrainTimer(static (argument, token) => argument(token), callback, options);
    }

    /// <inheritdoc cref="RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState, GrainTimerCreationOptions)"/>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return grain.RegisterGrainTimer(static (argument, _) => argument(), callback, options);
    }

    /// <summary>Registers a timer whose callbacks run as turns of the activation and do not interleave.</summary>
    /// <typeparam name="TState">What the callback is given.</typeparam>
    /// <param name="grain">The grain.</param>
    /// <param name="callback">The callback; its token is cancelled when the timer is disposed.</param>
    /// <param name="state">What the callback is given.</param>
    /// <param name="dueTime">The time until the first callback; infinite: not before it is changed.</param>
    /// <param name="period">The time from the end of one callback to the next; infinite: one callback only.</param>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, state, new GrainTimerCreationOptions(dueTime, period));

    /// <inheritdoc cref="RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState, TimeSpan, TimeSpan)"/>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, Task> callback, TState state, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, state, new GrainTimerCreationOptions(dueTime, period));

    /// <inheritdoc cref="RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState, TimeSpan, TimeSpan)"/>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, new GrainTimerCreationOptions(dueTime, period));

    /// <inheritdoc cref="RegisterGrainTimer{TState}(IGrainBase, Func{TState, CancellationToken, Task}, TState, TimeSpan, TimeSpan)"/>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, new GrainTimerCreationOptions(dueTime, period));
}
