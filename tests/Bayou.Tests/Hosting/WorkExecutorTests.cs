using Bayou.Grains.Hosting;

namespace Bayou.Tests.Hosting;

public class WorkExecutorTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly HandTime _time = new();

    [Fact]
    public async Task Work_behind_work_that_hangs_is_done_once_patience_is_over()
    {
        using var executor = Create(threads: 1);
        using var hanging = new Hanging(executor);

        var behind = executor.RunAsync(() => 2, CancellationToken.None);
        _time.Advance(WorkExecutor.Patience - TimeSpan.FromTicks(1));
        Assert.Equal(1, executor.Threads);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(2, await behind.WaitAsync(Limit));
        Assert.Equal(2, executor.Threads);
    }

    [Fact]
    public async Task Threads_beyond_those_wanted_go_when_nothing_hangs_any_more()
    {
        using var executor = Create(threads: 1);
        var hanging = new Hanging(executor);
        _time.Advance(WorkExecutor.Patience);
        Assert.Equal(2, executor.Threads);

        hanging.Dispose();
        await hanging.Done.WaitAsync(Limit);

        // A thread goes behind the work that it has done.
        while (executor.Threads > 1) await executor.RunAsync(() => 0, CancellationToken.None).WaitAsync(Limit);
        Assert.Equal(3, await executor.RunAsync(() => 3, CancellationToken.None).WaitAsync(Limit));
        Assert.Equal(1, executor.Threads);
    }

    [Fact]
    public async Task Threads_are_bounded_however_much_hangs()
    {
        using var executor = Create(threads: 2);
        var hanging = new List<Hanging>();

        for (var i = 0; i < 2 + WorkExecutor.MostSpare; i++)
        {
            hanging.Add(new Hanging(executor));
            _time.Advance(WorkExecutor.Patience);
        }

        Assert.Equal(2 + WorkExecutor.MostSpare, executor.Threads);
        var behind = executor.RunAsync(() => 4, CancellationToken.None);
        _time.Advance(WorkExecutor.Patience);
        Assert.False(behind.IsCompleted);
        foreach (var one in hanging) one.Dispose();
        Assert.Equal(4, await behind.WaitAsync(Limit));
    }

    private WorkExecutor Create(int threads) => new(new BayouOptions { WorkThreads = threads }, _time);

    /// <summary>Work that has begun, and does not end until this is disposed.</summary>
    private sealed class Hanging : IDisposable
    {
        private readonly ManualResetEventSlim _end = new();

        public Hanging(WorkExecutor executor)
        {
            using var begun = new ManualResetEventSlim();
            Done = executor.RunAsync(() =>
            {
                begun.Set();
                _end.Wait();
                return 1;
            }, CancellationToken.None);
            Assert.True(begun.Wait(Limit));
        }

        public Task<int> Done { get; }

        public void Dispose() => _end.Set();
    }
}
