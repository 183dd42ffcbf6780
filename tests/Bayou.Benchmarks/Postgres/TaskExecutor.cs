using Bayou.Sinks;

namespace Bayou.Benchmarks.Postgres;

/// <summary>Runs work on the thread pool.</summary>
internal sealed class TaskExecutor : IWorkExecutor
{
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => Task.Run(work, cancellationToken);
}
