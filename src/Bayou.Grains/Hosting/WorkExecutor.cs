using System.Collections.Concurrent;
using Bayou.Sinks;

namespace Bayou.Grains.Hosting;

/// <summary>
/// The silo's <see cref="IWorkExecutor"/>: as many dedicated threads as the options say, besides those whose work has taken longer than <see cref="Patience"/>. Such work hangs in
/// its storage, and the tables whose storage answers must not wait for it. Maintenance has one more thread of its own.
/// </summary>
internal sealed class WorkExecutor : IWorkExecutor, IDisposable
{
    /// <summary>Most threads beyond those that the options say.</summary>
    public const int MostSpare = 64;

    /// <summary>From when on work counts as hanging. Long work that does not hang only shares the cores for a while.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly BlockingCollection<Action> _queue = [];
    private readonly WorkQueue _maintenance = new("bayou-maintenance", 1);
    private readonly Lock _gate = new();
    private readonly Dictionary<Thread, long> _busySince = [];
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly int _wanted;
    private int _threads;

    public WorkExecutor(BayouOptions options, TimeProvider time)
    {
        (_time, _wanted) = (time, options.WorkThreads == 0 ? Environment.ProcessorCount : options.WorkThreads);
        Replenish();
        _timer = time.CreateTimer(_ => Replenish(), null, LookEvery, LookEvery);
    }

    /// <summary>Threads that there are now.</summary>
    public int Threads
    {
        get
        {
            lock (_gate) return _threads;
        }
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

    /// <inheritdoc/>
    public Task<T> RunBehindAsync<T>(Func<T> work, CancellationToken cancellationToken) => _maintenance.RunAsync(work, cancellationToken);

    public void Dispose()
    {
        _timer.Dispose();
        _maintenance.Dispose();
        _queue.CompleteAdding();
    }

    private void Replenish()
    {
        lock (_gate)
        {
            for (var target = Math.Min(_wanted + Hanging(), _wanted + MostSpare); _threads < target; _threads++)
                new Thread(Run) { Name = $"bayou-work-{_threads}", IsBackground = true }.Start();
        }
    }

    private void Run()
    {
        foreach (var work in _queue.GetConsumingEnumerable())
        {
            lock (_gate) _busySince[Thread.CurrentThread] = _time.GetTimestamp();
            work();
            lock (_gate)
            {
                _busySince.Remove(Thread.CurrentThread);
                if (_threads <= _wanted + Hanging()) continue;
                _threads--;
                return;
            }
        }
    }

    private int Hanging() => _busySince.Values.Count(since => _time.GetElapsedTime(since) >= Patience);
}
