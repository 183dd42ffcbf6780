using Orleans;
using Orleans.Serialization;

namespace Bayou.GrainHost.Tests;

public sealed class TurnTests
{
    [Fact]
    public async Task Call_while_another_awaits_waits_for_it_to_end()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain("a");

        var first = grain.Enter("first");
        var second = grain.Enter("second");
        Assert.Equal("first began", await host.Probe.Next());
        host.Probe.Open("second");
        host.Probe.Open("first");
        await Task.WhenAll(first, second);

        Assert.Equal(["first ended", "second began", "second ended"], host.Probe.Rest());
    }

    [Fact]
    public async Task Call_of_reentrant_grain_while_another_awaits_starts()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Client.GetGrain<IProbeGrain>("a", typeof(ReentrantProbeGrain).FullName);

        var first = grain.Enter("first");
        var second = grain.Enter("second");
        Assert.Equal("first began", await host.Probe.Next());
        Assert.Equal("second began", await host.Probe.Next());
        host.Probe.Open("second");
        await second;
        host.Probe.Open("first");
        await first;

        Assert.Equal(["second ended", "first ended"], host.Probe.Rest());
    }

    [Fact]
    public async Task Call_of_interleaving_method_overtakes_a_waiting_call()
    {
        await using var host = await TestHost.StartAsync();
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
    public async Task Call_of_reading_methods_run_together_but_not_with_others()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain("a");

        var first = grain.Look("first");
        var second = grain.Look("second");
        var third = grain.Enter("third");
        Assert.Equal("first began", await host.Probe.Next());
        Assert.Equal("second began", await host.Probe.Next());
        host.Probe.Open("first");
        host.Probe.Open("second");
        host.Probe.Open("third");
        await Task.WhenAll(first, second, third);

        Assert.Equal("third began", host.Probe.Rest().Last(one => one.EndsWith("began", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Await_in_a_grain_returns_to_its_activation()
    {
        await using var host = await TestHost.StartAsync();

        Assert.Equal("True True", await host.Grain("a").Scheduler());
    }

    [Fact]
    public async Task Stateless_worker_uses_as_many_activations_as_allowed()
    {
        await using var host = await TestHost.StartAsync();
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
    public async Task One_way_call_reaches_the_grain()
    {
        await using var host = await TestHost.StartAsync();

        host.Grain("a").Post("hello");

        Assert.Equal("hello", await host.Probe.Next());
    }

    [Fact]
    public async Task Reference_passed_as_result_calls_the_same_grain()
    {
        await using var host = await TestHost.StartAsync();

        var self = await host.Grain("some key").Self();

        Assert.Equal(host.Grain("some key"), self);
        Assert.Equal("> some key", await self.KeyAndPrefix("> "));
    }

    [Fact]
    public async Task Result_without_serializer_fails_in_a_test_cluster()
    {
        await using var host = await TestHost.StartAsync();

        await Assert.ThrowsAsync<CodecNotFoundException>(() => host.Grain("a").Unmarked());
    }

    [Fact]
    public async Task Argument_is_copied_by_its_numbered_members_alone()
    {
        await using var host = await TestHost.StartAsync();
        var sent = new Envelope { Numbers = [1, 2], Bytes = new byte[] { 5, 6 }, NotSent = "mine" };

        var received = await host.Grain("a").Pass(sent);

        Assert.Equal([1, 2], sent.Numbers);
        Assert.Equal([1, 2, 99], received.Numbers);
        Assert.Equal([5, 6], received.Bytes.ToArray());
        Assert.Equal("default", await host.Probe.Next());
    }
}
