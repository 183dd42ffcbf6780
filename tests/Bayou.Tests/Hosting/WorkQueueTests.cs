using Bayou.Grains.Hosting;

namespace Bayou.Tests.Hosting;

public sealed class WorkQueueTests
{
    [Fact]
    public async Task RunAsync_cancelled_in_the_queue_ends_at_once_and_never_begins()
    {
        using var queue = new WorkQueue("test", 1);
        using var gate = new ManualResetEventSlim();
        using var stopping = new CancellationTokenSource();
        var begun = false;
        var first = queue.RunAsync(() => { gate.Wait(); return 1; }, CancellationToken.None);
        var second = queue.RunAsync(() => begun = true, stopping.Token);
        var third = queue.RunAsync(() => 3, CancellationToken.None);

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(first.IsCompleted);
        gate.Set();

        Assert.Equal((1, 3, false), (await first, await third, begun));
    }

    [Fact]
    public async Task RunAsync_cancelled_after_it_began_runs_to_its_end()
    {
        using var queue = new WorkQueue("test", 1);
        using var stopping = new CancellationTokenSource();

        var work = queue.RunAsync(() => { stopping.Cancel(); return 1; }, stopping.Token);

        Assert.Equal(1, await work);
    }

    [Fact]
    public async Task RunAsync_that_throws_fails_its_task_and_the_next_runs()
    {
        using var queue = new WorkQueue("test", 1);

        var failed = queue.RunAsync<int>(() => throw new IOException("disk"), CancellationToken.None);

        Assert.Equal("disk", (await Assert.ThrowsAsync<IOException>(() => failed)).Message);
        Assert.Equal(2, await queue.RunAsync(() => 2, CancellationToken.None));
    }

    [Fact]
    public async Task RunBehindAsync_that_takes_long_takes_no_thread_from_commits()
    {
        using var executor = new WorkExecutor(new BayouOptions { WorkThreads = 1 }, new HandTime());
        using var gate = new ManualResetEventSlim();
        var first = executor.RunBehindAsync(() => { gate.Wait(); return 1; }, CancellationToken.None);
        var second = executor.RunBehindAsync(() => 2, CancellationToken.None);

        var commit = await executor.RunAsync(() => 3, CancellationToken.None);

        Assert.Equal((3, false, false), (commit, first.IsCompleted, second.IsCompleted));
        gate.Set();
        Assert.Equal((1, 2), (await first, await second));
    }
}
