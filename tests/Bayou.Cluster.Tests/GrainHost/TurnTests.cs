namespace Bayou.Cluster.Tests.GrainHost;

public sealed class TurnTests
{
    [Fact]
    public async Task Call_while_another_awaits_waits_for_it_to_end()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = host.Grain("a");

        var first = grain.Enter("first");
        Assert.Equal("first began", await host.Probe.Next());
        var second = grain.Enter("second");
        host.Probe.Open("second");
        host.Probe.Open("first");
        await Task.WhenAll(first, second);

        Assert.Equal(["first ended", "second began", "second ended"], host.Probe.Rest());
    }

    [Fact]
    public async Task Call_of_reentrant_grain_while_another_awaits_starts()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = host.Client.GetGrain<IReentrantProbeGrain>("a");

        var first = grain.Enter("first");
        Assert.Equal("first began", await host.Probe.Next());
        var second = grain.Enter("second");
        Assert.Equal("second began", await host.Probe.Next());
        host.Probe.Open("second");
        await second;
        host.Probe.Open("first");
        await first;

        Assert.Equal(["second ended", "first ended"], host.Probe.Rest());
    }

    [Fact]
    public async Task Reentrant_grain_calls_itself()
    {
        await using var host = await HostFixture.StartAsync();

        Assert.Equal(8, await host.Client.GetGrain<IReentrantProbeGrain>("a").EchoThroughSelf(8));
    }

    [Fact]
    public async Task Call_of_interleaving_method_overtakes_a_waiting_call()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = host.Grain("a");

        var first = grain.Enter("first");
        Assert.Equal("first began", await host.Probe.Next());
        var second = grain.Enter("second");
        var third = grain.Interleave("third");
        Assert.Equal("third began", await host.Probe.Next());
        host.Probe.Open("third");
        await third;
        host.Probe.Open("first");
        host.Probe.Open("second");
        await Task.WhenAll(first, second);

        Assert.Equal(["third ended", "first ended", "second began", "second ended"], host.Probe.Rest());
    }

    [Fact]
    public async Task Interleaving_call_in_progress_holds_no_other_back()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = host.Grain("a");

        var first = grain.Interleave("first");
        Assert.Equal("first began", await host.Probe.Next());

        Assert.Equal(1, await grain.Echo(1));
        host.Probe.Open("first");
        await first;
    }

    [Fact]
    public async Task Reading_calls_run_together_and_others_wait_for_the_first_of_them()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = host.Grain("a");

        var first = grain.Look("first");
        Assert.Equal("first began", await host.Probe.Next());
        var second = grain.Look("second");
        Assert.Equal("second began", await host.Probe.Next());
        var third = grain.Enter("third");
        host.Probe.Open("third");
        host.Probe.Open("second");
        await second;
        host.Probe.Open("first");
        await Task.WhenAll(first, third);

        // Orleans holds others back for the one that began first, not for those that joined it.
        Assert.Equal(["second ended", "first ended", "third began", "third ended"], host.Probe.Rest());
    }

    [Fact]
    public async Task Await_in_a_grain_returns_to_its_scheduler()
    {
        await using var host = await HostFixture.StartAsync();

        Assert.True(await host.Grain("a").KeepsScheduler());
    }

    [Fact]
    public async Task Stateless_worker_uses_as_many_activations_as_allowed()
    {
        await using var host = await HostFixture.StartAsync();
        var worker = host.Client.GetGrain<IWorkerGrain>(0);

        var calls = Enumerable.Range(0, 4).Select(one => worker.Work($"{one}")).ToList();
        await host.Probe.Next();
        await host.Probe.Next();
        Assert.Empty(host.Probe.Rest());
        host.Probe.Open("work");
        var ids = await Task.WhenAll(calls);

        Assert.Equal(2, ids.Distinct().Count());
    }

    [Fact]
    public async Task One_way_call_returns_at_once_and_its_exception_is_heard_by_nobody()
    {
        await using var host = await HostFixture.StartAsync();

        await host.Grain("a").Post("first");
        Assert.Equal("first began", await host.Probe.Next());
        host.Probe.Open("first");

        Assert.Equal("first ended", await host.Probe.Next());
        Assert.Equal(1, await host.Grain("a").Echo(1));
    }
}
