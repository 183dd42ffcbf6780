using Bayou.GrainHost.Testing;
using Orleans.Runtime;
using Orleans.Storage;

namespace Bayou.GrainHost.Tests;

public sealed class LifetimeTests
{
    [Fact]
    public async Task Exception_of_activation_reaches_every_waiting_caller()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain("broken");

        var first = grain.Echo(1);
        var second = grain.Echo(2);

        Assert.Equal(7, (await Assert.ThrowsAsync<MarkedException>(() => first)).Number);
        Assert.Equal(7, (await Assert.ThrowsAsync<MarkedException>(() => second)).Number);
    }

    [Fact]
    public async Task Idle_activation_is_collected_after_its_age()
    {
        await using var host = await TestHost.StartAsync();
        await host.Grain("a").Echo(1);
        var context = Assert.Single(GrainActivations.Of(host.Silo, host.Grain("a"))).Context;

        host.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.False(context.Deactivated.IsCompleted);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await context.Deactivated;

        Assert.Equal(["deactivating ActivationIdle"], host.Probe.Rest());
    }

    [Fact]
    public async Task Timer_ticks_a_period_after_the_last_has_ended()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain("a");
        await grain.StartTimer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), false);

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("tick 1", await host.Probe.Next());
        Assert.Equal("tick 1 ended", await host.Probe.Next());
        await grain.Echo(0);
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("tick 2", await host.Probe.Next());
        var waiting = grain.Echo(2);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(waiting.IsCompleted);
        host.Probe.Open("tick");
        Assert.Equal(2, await waiting);
        Assert.Equal("tick 2 ended", await host.Probe.Next());
        await grain.Echo(0);
        host.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("tick 3", await host.Probe.Next());
    }

    [Fact]
    public async Task Interleaving_timer_lets_calls_run_and_dispose_cancels_its_token()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain("a");
        await grain.StartTimer(TimeSpan.Zero, TimeSpan.FromSeconds(1), true);
        host.Clock.Advance(TimeSpan.Zero);
        await host.Probe.Next();
        await host.Probe.Next();
        await grain.Echo(0);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("tick 2", await host.Probe.Next());

        Assert.Equal(6, await grain.Echo(6));
        await grain.StopTimer();
        host.Probe.Open("tick");

        Assert.Equal("tick 2 cancelled", await host.Probe.Next());
    }

    [Fact]
    public async Task Write_of_a_duplicate_with_a_stale_etag_fails_and_deactivates_it_alone()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain("a");
        await grain.Store(1);
        var old = Assert.Single(GrainActivations.Of(host.Silo, grain));
        var made = await GrainActivations.DuplicateAsync(host.Silo, grain);

        Assert.Equal(11, await grain.Store(10));
        old.ReceiveCalls();
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Store(100));
        await old.Context.Deactivated;

        Assert.Equal(111, await grain.Store(100));
        Assert.False(made.Context.Deactivated.IsCompleted);
    }

    [Fact]
    public async Task Activation_that_is_killed_is_not_deactivated_and_fails_its_calls()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain("a");
        var call = grain.Enter("first");
        await host.Probe.Next();

        Assert.Single(GrainActivations.Of(host.Silo, grain)).Kill();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        host.Probe.Open("first");

        Assert.Equal(2, await grain.Echo(2));
        Assert.Empty(host.Probe.Rest());
    }

    [Fact]
    public async Task Activation_that_takes_too_long_fails_its_calls()
    {
        await using var host = await TestHost.StartAsync();

        var call = host.Grain("stuck").Echo(1);
        while (GrainActivations.Of(host.Silo, host.Grain("stuck")) is [{ Context.GrainInstance: null }]) await Task.Yield();
        host.Clock.Advance(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
    }

    [Fact]
    public async Task Management_counts_activations_by_class()
    {
        await using var host = await TestHost.StartAsync();
        await host.Grain("a").Echo(1);
        await host.Grain("b").Echo(1);

        var statistic = Assert.Single(await host.Client.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics());

        Assert.Equal(("Bayou.GrainHost.Tests.ProbeGrain,Bayou.GrainHost.Tests", 2), (statistic.GrainType, statistic.ActivationCount));
    }
}
