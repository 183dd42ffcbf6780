using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Bayou.GrainHost;

/// <summary>
/// One activation of a grain: its instance, its queue of requests and its scheduler. Requests start in order, each when
/// those that are running let it; a request that may not start does not hold back one behind it that may.
/// </summary>
internal sealed partial class Activation : IGrainContext, IWorkItemScheduler
{
    private readonly Lock _lock = new();
    private readonly ActivationScheduler _scheduler;
    private readonly Action _pump;
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _activated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AsyncServiceScope _scope;
    private readonly GrainLifecycle _lifecycle;
    private readonly HashSet<GrainTimer> _timers = [];
    private Invocation? _firstWaiting, _lastWaiting, _firstRunning;
    private ActivationState _state = ActivationState.Activating;
    private DeactivationReason? _reason;
    private CancellationToken _deactivationToken;
    private Dictionary<Type, object>? _components;
    private int _waiting, _running, _blocking, _blockingWriters;
    private bool _pumpQueued;
    private long _lastActive;
    private long _keepAliveUntil = long.MinValue;
    private bool _finishing;

    public Activation(SiloRuntime silo, GrainClass grainClass, GrainId grainId)
    {
        Silo = silo;
        Class = grainClass;
        GrainId = grainId;
        ActivationId = ActivationId.NewId();
        _scheduler = new ActivationScheduler(this, silo.Logger);
        _pump = Pump;
        _scope = silo.ServiceProvider.CreateAsyncScope();
        _lifecycle = new GrainLifecycle(silo.Logger);
        _lastActive = silo.Time.GetTimestamp();
    }

    public SiloRuntime Silo { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public ActivationId ActivationId { get; }

    public object? GrainInstance { get; private set; }

    /// <summary>The instance, once it was made.</summary>
    public object Instance => GrainInstance!;

    public GrainReference GrainReference => field ??= Silo.Reference(GrainInterface.Of(Class.FirstInterface), GrainId);

    public GrainAddress Address => new() { GrainId = GrainId, ActivationId = ActivationId, SiloAddress = Silo.Address };

    public IServiceProvider ActivationServices => _scope.ServiceProvider;

    public IGrainLifecycle ObservableLifecycle => _lifecycle;

    public IWorkItemScheduler Scheduler => this;

    public Task Deactivated => _deactivated.Task;

    /// <summary>Completes when the activation takes requests, or could not be made.</summary>
    public Task Activated => _activated.Task;

    public ActivationState State
    {
        get
        {
            lock (_lock) return _state;
        }
    }

    /// <summary>How many requests wait or run.</summary>
    public int Load
    {
        get
        {
            lock (_lock) return _waiting + _running;
        }
    }

    public static Activation Of(IGrainContext context) => context as Activation
        ?? throw new ArgumentException("The activation was not made by this host.", nameof(context));

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType) =>
        componentType.IsInstanceOfType(this) ? this
        : componentType.IsInstanceOfType(GrainInstance) ? GrainInstance
        : _components?.GetValueOrDefault(componentType);

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => ActivationId.GetHashCode();

    public override string ToString() => $"{GrainId} {ActivationId}";

    public void QueueAction(Action action) => _scheduler.Enqueue(action);

    public void QueueTask(Task task) => task.Start(_scheduler);

    /// <summary>Takes a request. False: the activation is gone, and another must take it.</summary>
    public bool Receive(Invocation invocation)
    {
        lock (_lock)
        {
            if (_state == ActivationState.Invalid) return false;
            if (invocation.LocalOnly && _state == ActivationState.Deactivating) return false;
            if (_lastWaiting is null) _firstWaiting = invocation;
            else _lastWaiting.Next = invocation;
            _lastWaiting = invocation;
            _waiting++;
            if (_state != ActivationState.Valid || _pumpQueued || !MayStart(invocation)) return true;
            _pumpQueued = true;
        }

        _scheduler.Enqueue(_pump);
        return true;
    }

    /// <summary>A request has ended.</summary>
    public void OnEnded(Invocation invocation)
    {
        var deactivate = false;
        lock (_lock)
        {
            if (invocation.PreviousRunning is null) _firstRunning = invocation.NextRunning;
            else invocation.PreviousRunning.NextRunning = invocation.NextRunning;
            if (invocation.NextRunning is not null) invocation.NextRunning.PreviousRunning = invocation.PreviousRunning;
            invocation.PreviousRunning = invocation.NextRunning = null;
            _running--;
            Count(invocation, -1);
            if (invocation.KeepsAlive) _lastActive = Silo.Time.GetTimestamp();
            if (_state == ActivationState.Deactivating) deactivate = _running == 0;
            else if (_waiting == 0 || _pumpQueued || _state != ActivationState.Valid) return;
            else _pumpQueued = true;
        }

        if (deactivate) _scheduler.Enqueue(StartDeactivating);
        else if (_pumpQueued) _scheduler.Enqueue(_pump);
    }

    /// <summary>A request has thrown. State that turned out to be stale means that this activation must not go on.</summary>
    public void OnFault(Exception exception)
    {
        if (exception is not InconsistentStateException { IsSourceActivation: true } inconsistent) return;
        inconsistent.IsSourceActivation = false;
        Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationError, exception, exception.Message));
    }

    public void DelayDeactivation(TimeSpan timeSpan)
    {
        lock (_lock)
        {
            if (timeSpan == TimeSpan.MaxValue || timeSpan == Timeout.InfiniteTimeSpan) _keepAliveUntil = long.MaxValue;
            else if (timeSpan <= TimeSpan.Zero) _keepAliveUntil = long.MinValue;
            else _keepAliveUntil = Silo.Time.GetTimestamp() + (long)(timeSpan.TotalSeconds * Silo.Time.TimestampFrequency);
        }
    }

    /// <summary>Lets the activation go if it has been idle for the given time.</summary>
    public void CollectIfIdle(TimeSpan age)
    {
        lock (_lock)
        {
            if (_state != ActivationState.Valid || _running + _waiting > 0 || Class.KeepAlive) return;
            if (_keepAliveUntil > Silo.Time.GetTimestamp() || Silo.Time.GetElapsedTime(_lastActive) < age) return;
        }

        Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"It was idle for {age}."));
    }

    public void AddTimer(GrainTimer timer)
    {
        lock (_lock) _timers.Add(timer);
    }

    public void RemoveTimer(GrainTimer timer)
    {
        lock (_lock) _timers.Remove(timer);
    }

    public void SetComponent(Type type, object component)
    {
        lock (_lock) (_components ??= [])[type] = component;
    }

    private bool MayStart(Invocation invocation) =>
        _blocking == 0 || Class.Reentrant || invocation.AlwaysInterleave || (invocation.ReadOnly && _blockingWriters == 0);

    // One that may run beside any other does not hold any other back either.
    private void Count(Invocation invocation, int by)
    {
        if (invocation.AlwaysInterleave) return;
        _blocking += by;
        if (!invocation.ReadOnly) _blockingWriters += by;
    }

    // Starts one request and comes back for the next, so that continuations of those in progress get their turns.
    private void Pump()
    {
        Invocation? next = null;
        List<Invocation>? dropped = null;
        bool again;
        lock (_lock)
        {
            _pumpQueued = false;
            if (_state != ActivationState.Valid) return;
            Invocation? previous = null;
            var candidate = _firstWaiting;
            while (candidate is not null)
            {
                var following = candidate.Next;
                var abandoned = candidate.Abandoned;
                if (abandoned || MayStart(candidate))
                {
                    if (previous is null) _firstWaiting = following;
                    else previous.Next = following;
                    if (following is null) _lastWaiting = previous;
                    candidate.Next = null;
                    _waiting--;
                    if (!abandoned)
                    {
                        next = candidate;
                        break;
                    }

                    (dropped ??= []).Add(candidate);
                }
                else
                {
                    previous = candidate;
                }

                candidate = following;
            }

            if (next is not null)
            {
                next.NextRunning = _firstRunning;
                if (_firstRunning is not null) _firstRunning.PreviousRunning = next;
                _firstRunning = next;
                _running++;
                Count(next, 1);
            }

            again = next is not null && _waiting > 0;
            _pumpQueued = again;
        }

        if (again) _scheduler.Enqueue(_pump);
        next?.Run(this);
    }
}
