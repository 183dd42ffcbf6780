using System.Collections.Concurrent;

namespace Bayou.Grains.Hosting;

/// <summary>Work that is done in order by threads of its own.</summary>
internal sealed class WorkQueue : IDisposable
{
    private readonly BlockingCollection<Action> _queue = [];

    public WorkQueue(string name, int threads)
    {
        for (var i = 0; i < threads; i++) new Thread(Run) { Name = $"{name}-{i}", IsBackground = true }.Start();
    }

    /// <summary>Runs <paramref name="work"/> to its end; cancelled before it began, it never begins, and the task ends at once.</summary>
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var decided = 0;
        var leaving = cancellationToken.UnsafeRegister(_ =>
        {
            if (Interlocked.Exchange(ref decided, 1) == 0) done.SetCanceled(cancellationToken);
        }, null);
        _queue.Add(() =>
        {
            if (Interlocked.Exchange(ref decided, 1) != 0) return;
            leaving.Dispose();
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
