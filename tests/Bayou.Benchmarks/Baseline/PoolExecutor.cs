using Bayou.Sinks;

namespace Bayou.Benchmarks.Baseline;

/// <summary>Runs a sink's work on the thread pool.</summary>
internal sealed class PoolExecutor : IWorkExecutor
{
    /// <inheritdoc/>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => Task.Run(work, cancellationToken);
}
