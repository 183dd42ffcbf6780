namespace Bayou.Sinks.TestKit;

/// <summary>Runs a sink's work on the thread pool, as a host with threads enough would.</summary>
internal sealed class KitExecutor : IWorkExecutor
{
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => Task.Run(work, cancellationToken);
}
