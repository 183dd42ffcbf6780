namespace Bayou.Grains.Hosting;

/// <summary>Wakes the one loop that waits for it. A signal that is set while nobody waits is kept; several count as one.</summary>
internal sealed class AsyncSignal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiter;
    private bool _set;

    public void Set()
    {
        lock (_gate)
        {
            // One whose wait has just ended by itself did not hear of it.
            if (_waiter is null || !_waiter.TrySetResult()) _set = true;
            _waiter = null;
        }
    }

    /// <summary>Waits for the signal, for <paramref name="atMost"/> at most.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiter;
        lock (_gate)
        {
            if (_set)
            {
                _set = false;
                return;
            }

            waiter = _waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            // What ends the wait completes the waiter itself: whoever waits goes on where it was, without a detour over another thread.
            using var ending = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), waiter);
            using var timer = time.CreateTimer(static state => ((TaskCompletionSource)state!).TrySetResult(), waiter, atMost, Timeout.InfiniteTimeSpan);
            await waiter.Task;
        }
        finally
        {
            lock (_gate)
            {
                if (_waiter == waiter) _waiter = null;
            }
        }
    }
}
