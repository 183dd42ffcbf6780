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
            if (_waiter is null) _set = true;
            else _waiter.TrySetResult();
            _waiter = null;
        }
    }

    /// <summary>Waits for the signal, for <paramref name="atMost"/> at most.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        Task signalled;
        lock (_gate)
        {
            if (_set)
            {
                _set = false;
                return;
            }

            _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            signalled = _waiter.Task;
        }

        try
        {
            await signalled.WaitAsync(atMost, time, cancellationToken);
        }
        catch (TimeoutException)
        {
        }
    }
}
