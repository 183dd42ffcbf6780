using System.Collections.Concurrent;

namespace Bayou.GrainHost;

/// <summary>The requests that a caller waits for.</summary>
internal sealed class CallTimeouts(TimeProvider time)
{
    private readonly ConcurrentDictionary<TimeSpan, TimeoutQueue> _queues = new();
    private TimeoutQueue? _latest;
    private TimeSpan _latestTimeout = TimeSpan.MinValue;

    public void Add(Request request, TimeSpan timeout)
    {
        // An infinite or absurd time-out is still a long one: such requests must be found when the silo goes.
        if (timeout < TimeSpan.Zero || timeout > TimeSpan.FromDays(40)) timeout = TimeSpan.FromDays(40);
        var queue = timeout == _latestTimeout ? _latest! : _queues.GetOrAdd(timeout, static (key, clock) => new TimeoutQueue(clock, key), time);
        if (_latest is null)
        {
            _latest = queue;
            _latestTimeout = timeout;
        }

        queue.Add(request);
    }

    public void RejectAll(Func<Request, bool> filter, Func<Exception> exception)
    {
        foreach (var queue in _queues.Values) queue.RejectAll(filter, exception);
    }
}
