namespace Bayou.Sinks;

/// <summary>
/// Runs encoding, compression and blocking I/O on a bounded number of threads, never on a grain's turn. Work queues when all threads are busy, but not behind work that
/// hangs.
/// </summary>
public interface IWorkExecutor
{
    /// <summary>Runs <paramref name="work"/> to its end; cancellation only takes it out of the queue.</summary>
    Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken);

    /// <summary>Likewise for maintenance that may take minutes: one at a time, and never in the place of what a commit waits for.</summary>
    Task<T> RunBehindAsync<T>(Func<T> work, CancellationToken cancellationToken) => RunAsync(work, cancellationToken);
}
