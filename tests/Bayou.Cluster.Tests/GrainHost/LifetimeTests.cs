using Orleans.Configuration;

namespace Bayou.Cluster.Tests.GrainHost;

public sealed class LifetimeTests
{
    [Fact]
    public async Task Exception_of_activation_reaches_the_caller()
    {
        await using var host = await HostFixture.StartAsync();

        Assert.Equal(7, (await Assert.ThrowsAsync<MarkedException>(() => host.Grain("broken").Echo(1))).Number);
    }

    [Fact]
    public async Task Call_behind_a_deactivation_is_forwarded_to_a_new_activation()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = host.Grain("slow to go");
        var before = await grain.Incarnation();

        await grain.Leave();
        Assert.Equal("deactivating ApplicationRequested", await host.Probe.Next());
        var call = grain.Incarnation();
        Assert.False(call.IsCompleted);
        host.Probe.Open("go");

        Assert.NotEqual(before, await call);
    }

    [Fact]
    public async Task Call_in_progress_ends_before_the_deactivation_and_one_that_waits_goes_to_a_new_activation()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = host.Grain("a");
        var before = await grain.Incarnation();
        var interleaved = grain.Interleave("first");
        Assert.Equal("first began", await host.Probe.Next());

        await grain.Leave();
        var after = grain.Incarnation();
        host.Probe.Open("first");
        await interleaved;

        Assert.NotEqual(before, await after);
        Assert.Equal(["first ended", "deactivating ApplicationRequested"], host.Probe.Rest());
    }

    [Fact]
    public async Task Collection_lets_idle_grains_go_but_not_those_that_are_kept_alive()
    {
        await using var host = await HostFixture.StartAsync();
        var idle = await host.Grain("a").Incarnation();
        var kept = await host.Client.GetGrain<ILastingGrain>("a").Incarnation();

        await host.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.FromTicks(1));

        Assert.Equal("deactivating ActivationIdle", await host.Probe.Next());
        Assert.NotEqual(idle, await host.Grain("a").Incarnation());
        Assert.Equal(kept, await host.Client.GetGrain<ILastingGrain>("a").Incarnation());
    }

    [Fact]
    public async Task Silo_stop_deactivates_grains()
    {
        await using var host = await HostFixture.StartAsync();
        await host.Grain("a").Echo(1);

        await host.Cluster.StopAllSilosAsync();

        Assert.Equal(["deactivating ShuttingDown"], host.Probe.Rest());
    }

    [Fact]
    public async Task Collection_age_of_a_second_collects_within_seconds()
    {
        await using var host = await HostFixture.StartAsync(silo => silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromMilliseconds(500);
            options.CollectionAge = TimeSpan.FromSeconds(1);
        }));
        await host.Grain("a").Echo(1);

        Assert.Equal("deactivating ActivationIdle", await host.Probe.Next());
    }
}
