namespace Bayou.GrainHost;

/// <summary>A caller's requests that have one and the same time-out, oldest first, behind one timer.</summary>
internal sealed class TimeoutQueue
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly long _ticks;
    private readonly ITimer _timer;
    private Request? _first, _last;
    private bool _armed;

    public TimeoutQueue(TimeProvider time, TimeSpan timeout)
    {
        _time = time;
        _timeout = timeout;
        _ticks = (long)(timeout.TotalSeconds * time.TimestampFrequency);
        using (ExecutionContext.SuppressFlow())
            _timer = time.CreateTimer(static state => ((TimeoutQueue)state!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(Request request)
    {
        var deadline = _time.GetTimestamp() + _ticks;
        bool arm;
        lock (_lock)
        {
            request.Queue = this;
            request.Deadline = deadline;
            request.Earlier = _last;
            if (_last is null) _first = request;
            else _last.Later = request;
            _last = request;
            arm = !_armed;
            _armed = true;
        }

        if (arm) _timer.Change(_timeout, Timeout.InfiniteTimeSpan);
    }

    public void Remove(Request request)
    {
        lock (_lock) Unlink(request);
    }

    /// <summary>Ends all requests that the filter selects.</summary>
    public void RejectAll(Func<Request, bool> filter, Func<Exception> exception)
    {
        List<Request> rejected = [];
        lock (_lock)
        {
            for (var request = _first; request is not null; request = request.Later)
            {
                if (filter(request)) rejected.Add(request);
            }
        }

        foreach (var request in rejected) request.Reject(exception());
    }

    private void Unlink(Request request)
    {
        if (request.Queue is null) return;
        if (request.Earlier is null) _first = request.Later;
        else request.Earlier.Later = request.Later;
        if (request.Later is null) _last = request.Earlier;
        else request.Later.Earlier = request.Earlier;
        request.Queue = null;
        request.Earlier = request.Later = null;
    }

    // The timer stays armed for requests that were answered long ago; only then is it set to the oldest that is left.
    private void Expire()
    {
        while (true)
        {
            Request? expired = null;
            TimeSpan? next = null;
            lock (_lock)
            {
                if (_first is null)
                {
                    _armed = false;
                    return;
                }

                var left = _first.Deadline - _time.GetTimestamp();
                if (left <= 0)
                {
                    expired = _first;
                    Unlink(expired);
                }
                else
                {
                    next = TimeSpan.FromTicks(Math.Max(1, (long)Math.Ceiling((double)left / _time.TimestampFrequency * TimeSpan.TicksPerSecond)));
                }
            }

            if (expired is null)
            {
                _timer.Change(next!.Value < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : next.Value, Timeout.InfiniteTimeSpan);
                return;
            }

            expired.TimeOut(_timeout);
        }
    }
}
