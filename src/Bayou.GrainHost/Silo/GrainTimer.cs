using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>A timer of an activation; a tick is queued like a request. The next is due a period after the last has ended.</summary>
internal sealed class GrainTimer : Invocation, IGrainTimer
{
    private readonly Lock _lock = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ITimer _timer;
    private TimeSpan _dueTime, _period;
    private bool _ticking, _changed, _disposed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;
        activation.AddTimer(this);
        using (ExecutionContext.SuppressFlow())
        {
            _timer = activation.Silo.Time.CreateTimer(
                static state => ((GrainTimer)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public override bool AlwaysInterleave => _options.Interleave;

    public override bool ReadOnly => false;

    public override bool KeepsAlive => _options.KeepAlive;

    public override bool LocalOnly => true;

    public override bool Abandoned => _disposed;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_lock)
        {
            _dueTime = dueTime;
            _period = period;
            _changed = true;
            if (!_ticking && !_disposed) _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        Abandon();
        _cancellation.Cancel();
        _activation.RemoveTimer(this);
    }

    /// <summary>Stops it and tells nobody.</summary>
    public void Abandon()
    {
        lock (_lock) _disposed = true;
        _timer.Dispose();
    }

    public override void Reject(Exception exception)
    {
    }

    protected override Task Invoke(Activation activation)
    {
        lock (_lock) _changed = false;
        return _disposed ? Task.CompletedTask : _callback(_cancellation.Token);
    }

    protected override void Complete(Task outcome)
    {
        if (outcome.Exception is { } exception)
            _activation.Silo.Logger.LogWarning(exception.InnerException, "A timer callback of {Grain} failed; the timer goes on.", _activation.GrainId);
        lock (_lock)
        {
            _ticking = false;
            if (!_disposed) _timer.Change(_changed ? _dueTime : _period, Timeout.InfiniteTimeSpan);
        }
    }

    private static void Check(TimeSpan time, string name)
    {
        var milliseconds = (long)time.TotalMilliseconds;
        if (milliseconds is < -1 or > uint.MaxValue - 1) throw new ArgumentOutOfRangeException(name, time, "A timer's time is infinite, or from 0 to about 49 days.");
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (_disposed || _ticking) return;
            _ticking = true;
        }

        _activation.Receive(this);
    }
}
