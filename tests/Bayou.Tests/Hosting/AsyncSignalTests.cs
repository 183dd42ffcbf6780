using Bayou.Grains.Hosting;

namespace Bayou.Tests.Hosting;

public class AsyncSignalTests
{
    [Fact]
    public async Task Wait_signal_was_set_before_returns_at_once_and_only_once()
    {
        var signal = new AsyncSignal();
        signal.Set();
        signal.Set();

        var first = Wait(signal, Timeout.InfiniteTimeSpan);
        var second = Wait(signal, Timeout.InfiniteTimeSpan);

        Assert.True(first.IsCompletedSuccessfully);
        Assert.False(second.IsCompleted);
        signal.Set();
        await second;
    }

    [Fact]
    public async Task Set_after_a_wait_that_timed_out_is_kept_for_the_next()
    {
        var signal = new AsyncSignal();
        await Wait(signal, TimeSpan.Zero);

        signal.Set();

        Assert.True(Wait(signal, Timeout.InfiniteTimeSpan).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Wait_after_one_that_timed_out_waits_again()
    {
        var signal = new AsyncSignal();
        await Wait(signal, TimeSpan.Zero);

        var next = Wait(signal, Timeout.InfiniteTimeSpan);

        Assert.False(next.IsCompleted);
        signal.Set();
        await next;
    }

    [Fact]
    public async Task Wait_cancelled_throws_and_a_later_signal_is_kept()
    {
        var signal = new AsyncSignal();
        using var stopping = new CancellationTokenSource();
        var waiting = signal.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        signal.Set();
        Assert.True(Wait(signal, Timeout.InfiniteTimeSpan).IsCompletedSuccessfully);
    }

    private static Task Wait(AsyncSignal signal, TimeSpan atMost) => signal.WaitAsync(atMost, TimeProvider.System, CancellationToken.None);
}
