namespace Bayou.Simulation.Tests.Host;

/// <summary>A clock that stands still until it is moved to the next timer that is due. Timers of one instant fire in the order in which they were set.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private static readonly long s_start = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<(Timer Timer, int Setting), (long Due, long Order)> _due = new();
    private long _ticks;
    private long _steppedBack;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Since the simulation began.</summary>
    public TimeSpan Now => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public override DateTimeOffset GetUtcNow() => new(s_start + GetTimestamp() - _steppedBack, TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets the clock on the wall back; what is measured from one moment to another stays true.</summary>
    public void StepBack(TimeSpan by) => _steppedBack += by.Ticks;

    /// <summary>Calls back once, after a while.</summary>
    public void After(TimeSpan wait, Action callback) => CreateTimer(static state => ((Action)state!)(), callback, wait, Timeout.InfiniteTimeSpan);

    /// <summary>Moves to the next timer and fires it. False when none is due until <paramref name="end"/>, where the clock stands then.</summary>
    public bool FireNext(TimeSpan end)
    {
        Timer? timer = null;
        lock (_gate)
        {
            while (timer is null && _due.TryPeek(out var entry, out var at) && at.Due <= end.Ticks)
            {
                _due.Dequeue();
                if (entry.Setting != entry.Timer.Setting) continue;
                timer = entry.Timer;
                Interlocked.Exchange(ref _ticks, Math.Max(_ticks, at.Due));
            }

            if (timer is null)
            {
                Interlocked.Exchange(ref _ticks, Math.Max(_ticks, end.Ticks));
                return false;
            }

            timer.Repeat();
        }

        timer.Fire();
        return true;
    }

    private sealed class Timer(SimulatedTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public int Setting { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                _period = period;
                Set(dueTime);
            }

            return true;
        }

        public void Repeat()
        {
            if (_period > TimeSpan.Zero) Set(_period);
            else Setting++;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._gate) Setting++;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(TimeSpan dueTime)
        {
            Setting++;
            if (dueTime < TimeSpan.Zero) return;
            time._due.Enqueue((this, Setting), (time._ticks + dueTime.Ticks, time._order++));
        }
    }
}
