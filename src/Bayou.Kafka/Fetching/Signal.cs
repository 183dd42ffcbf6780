namespace Bayou.Kafka.Fetching;

/// <summary>Wakes one waiter. Setting it while nobody waits wakes the next one at once; setting it twice wakes once. It may be set even when it was disposed of.</summary>
internal sealed class Signal : IDisposable
{
    private readonly SemaphoreSlim _set = new(0, 1);
    private readonly Lock _gate = new();
    private bool _disposed;

    /// <summary>Sets the signal.</summary>
    public void Set()
    {
        lock (_gate)
            if (!_disposed && _set.CurrentCount == 0) _set.Release();
    }

    /// <summary>Waits until it is set, or for as long as given.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _set.WaitAsync(atMost, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _set.Dispose();
        }
    }
}
