namespace Bayou.Cluster.Tests.GrainHost;

public sealed class TimerTests
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Tick_is_a_turn_that_calls_wait_for_and_no_other_tick_overtakes()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = host.Grain("a");

        await grain.StartTimer(s_period, false, false);
        await UntilAsync(host, "tick 2");
        var waiting = grain.Echo(2);
        await Task.Delay(50);
        Assert.False(waiting.IsCompleted);
        Assert.Empty(host.Probe.Rest());
        host.Probe.Open("tick");

        Assert.Equal(2, await waiting);
        Assert.Equal("tick 2 ended", await host.Probe.Next());
        Assert.Equal("tick 3", await host.Probe.Next());
    }

    [Fact]
    public async Task Interleaving_tick_lets_calls_run_and_dispose_cancels_its_token()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = host.Grain("a");

        await grain.StartTimer(s_period, true, false);
        await UntilAsync(host, "tick 2");
        Assert.Equal(6, await grain.Echo(6));
        await grain.StopTimer();
        host.Probe.Open("tick");

        Assert.Equal("tick 2 cancelled", await host.Probe.Next());
        await grain.Echo(1);
        await Task.Delay(50);
        Assert.Empty(host.Probe.Rest());
    }

    [Fact]
    public async Task Tick_that_throws_does_not_stop_the_timer()
    {
        await using var host = await HostFixture.StartAsync();

        await host.Grain("a").StartThrowingTimer();

        Assert.Equal("tick 1", await host.Probe.Next());
        Assert.Equal("tick 2", await host.Probe.Next());
    }

    [Fact]
    public async Task Timer_outside_a_turn_is_refused()
    {
        await using var host = await HostFixture.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Grain("a").StartTimerOffTurn());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ticks_keep_an_activation_only_when_asked_to(bool keepAlive)
    {
        await using var host = await HostFixture.StartAsync();
        var grain = host.Grain("a");
        var before = await grain.Incarnation();
        host.Probe.Open("tick");
        await grain.StartTimer(TimeSpan.FromMilliseconds(10), false, keepAlive);
        await UntilAsync(host, "tick 2");
        await Task.Delay(2000);
        await UntilAsync(host, "ended");

        await host.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.FromSeconds(1));

        Assert.Equal(keepAlive, before == await grain.Incarnation());
    }

    private static async Task UntilAsync(HostFixture host, string ending)
    {
        while (!(await host.Probe.Next()).EndsWith(ending, StringComparison.Ordinal)) ;
    }
}
