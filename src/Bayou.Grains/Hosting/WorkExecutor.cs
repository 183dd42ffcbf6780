using System.Collections.Concurrent;
using Bayou.Sinks;

namespace Bayou.Grains.Hosting;

/// <summary>The silo's <see cref="IWorkExecutor"/>: as many dedicated threads as the options say.</summary>
internal sealed class WorkExecutor : IWorkExecutor, IDisposable
{
    private readonly BlockingCollection<Action> _queue = [];

    public WorkExecutor(BayouOptions options)
    {
        for (var i = 0; i < (options.WorkThreads == 0 ? Environment.ProcessorCount : options.WorkThreads); i++)
            new Thread(Run) { Name = $"bayou-work-{i}", IsBackground = true }.Start();
    }

    /// <inheritdoc/>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(() =>
        {
            if (cancellationToken.IsCancellationRequested)
            {
                done.SetCanceled(cancellationToken);
                return;
            }

            try
            {
                done.SetResult(work());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        }, CancellationToken.None);
        return done.Task;
    }

    public void Dispose() => _queue.CompleteAdding();

    private void Run()
    {
        foreach (var work in _queue.GetConsumingEnumerable()) work();
    }
}
