using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <content>How an activation comes and goes.</content>
internal sealed partial class Activation
{
    /// <summary>Begins to activate.</summary>
    public void Start() => _scheduler.Enqueue(() => _ = ActivateAsync());

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_reason is not null || _state == ActivationState.Invalid) return;
            _reason = deactivationReason;
            _deactivationToken = cancellationToken;
            if (_state == ActivationState.Activating) return;
            _state = ActivationState.Deactivating;
            if (_running > 0)
            {
                if (cancellationToken.CanBeCanceled) cancellationToken.UnsafeRegister(_ => _scheduler.Enqueue(StartDeactivating), null);
                return;
            }
        }

        _scheduler.Enqueue(StartDeactivating);
    }

    /// <summary>Ends the activation as a crash of the process would: no more turns, no deactivation, requests in progress fail.</summary>
    /// <param name="keepRunning">Whether its code goes on nevertheless, as in a process that is only cut off.</param>
    public void Kill(bool keepRunning)
    {
        List<Invocation> rejected = [];
        List<GrainTimer> timers;
        lock (_lock)
        {
            if (_state == ActivationState.Invalid) return;
            _state = ActivationState.Invalid;
            _reason ??= new DeactivationReason(DeactivationReasonCode.None, "It was killed.");
            for (var invocation = _firstRunning; invocation is not null; invocation = invocation.NextRunning) rejected.Add(invocation);
            rejected.AddRange(TakeWaiting());
            timers = [.. _timers];
        }

        if (!keepRunning) _scheduler.Stop();
        foreach (var timer in timers) timer.Abandon();
        Silo.Directory.Remove(this);
        foreach (var invocation in rejected)
            invocation.Reject(new SiloUnavailableException($"{GrainId} was killed while it had the request; whether it was carried out is unknown."));
        _activated.TrySetResult();
        _deactivated.TrySetResult();
    }

    private async Task ActivateAsync()
    {
        Exception? failure = null;
        using var timeout = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.Time);
        try
        {
            GrainInstance = Class.Create(this);
            await _lifecycle.OnStart(timeout.Token).WaitAsync(timeout.Token);
            if (GrainInstance is IGrainBase grain) await grain.OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            failure = exception is OperationCanceledException && timeout.IsCancellationRequested
                ? new TimeoutException($"{GrainId} was not activated within {Silo.Collection.ActivationTimeout}.", exception)
                : exception;
        }

        if (failure is not null)
        {
            Silo.Logger.LogWarning(failure, "{Grain} could not be activated.", GrainId);
            await FinishAsync(new DeactivationReason(DeactivationReasonCode.ActivationFailed, failure, "Activation failed."), false, failure);
            return;
        }

        lock (_lock)
        {
            if (_state == ActivationState.Invalid) return;
            _lastActive = Silo.Time.GetTimestamp();
            if (_reason is null)
            {
                _state = ActivationState.Valid;
                _pumpQueued = true;
            }
            else
            {
                _state = ActivationState.Deactivating;
            }
        }

        _activated.TrySetResult();
        if (_reason is null) Pump();
        else StartDeactivating();
    }

    private void StartDeactivating()
    {
        lock (_lock)
        {
            if (_state != ActivationState.Deactivating || _finishing) return;
            _finishing = true;
        }

        _ = FinishAsync(_reason!.Value, true, null);
    }

    private async Task FinishAsync(DeactivationReason reason, bool wasValid, Exception? failure)
    {
        List<GrainTimer> timers;
        lock (_lock) timers = [.. _timers];
        foreach (var timer in timers) timer.Dispose();
        using var timeout = new CancellationTokenSource(Silo.Collection.DeactivationTimeout, Silo.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _deactivationToken);
        if (wasValid && GrainInstance is IGrainBase grain)
            await TryAsync(() => grain.OnDeactivateAsync(reason, linked.Token).WaitAsync(linked.Token));
        await TryAsync(() => _lifecycle.OnStop(linked.Token).WaitAsync(linked.Token));
        await TryAsync(() => DisposeInstanceAsync().WaitAsync(linked.Token));

        List<Invocation> waiting;
        lock (_lock)
        {
            if (_state == ActivationState.Invalid) return;
            _state = ActivationState.Invalid;
            waiting = TakeWaiting();
        }

        Silo.Directory.Remove(this);
        foreach (var invocation in waiting)
        {
            if (failure is not null) invocation.Reject(failure);
            else if (!invocation.LocalOnly) Silo.Forward(invocation);
        }

        _activated.TrySetResult();
        _deactivated.TrySetResult();
    }

    private List<Invocation> TakeWaiting()
    {
        List<Invocation> taken = [];
        for (var invocation = _firstWaiting; invocation is not null;)
        {
            var following = invocation.Next;
            invocation.Next = null;
            taken.Add(invocation);
            invocation = following;
        }

        _firstWaiting = _lastWaiting = null;
        _waiting = 0;
        return taken;
    }

    private async Task DisposeInstanceAsync()
    {
        if (GrainInstance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
        else if (GrainInstance is IDisposable disposable) disposable.Dispose();
        await _scope.DisposeAsync();
    }

    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception exception)
        {
            Silo.Logger.LogWarning(exception, "{Grain} did not deactivate in good order.", GrainId);
        }
    }
}
