using Bayou.Sinks;

namespace Bayou.Grains.Hosting;

/// <summary>The silo's <see cref="IWorkExecutor"/>: as many dedicated threads as the options say, and one more for maintenance.</summary>
internal sealed class WorkExecutor(BayouOptions options) : IWorkExecutor, IDisposable
{
    private readonly WorkQueue _work = new("bayou-work", options.WorkThreads == 0 ? Environment.ProcessorCount : options.WorkThreads);
    private readonly WorkQueue _maintenance = new("bayou-maintenance", 1);

    /// <inheritdoc/>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => _work.RunAsync(work, cancellationToken);

    /// <inheritdoc/>
    public Task<T> RunBehindAsync<T>(Func<T> work, CancellationToken cancellationToken) => _maintenance.RunAsync(work, cancellationToken);

    public void Dispose()
    {
        _work.Dispose();
        _maintenance.Dispose();
    }
}
