using Orleans.Runtime;
using Orleans.Serialization;

namespace Bayou.GrainHost.Tests;

public sealed class CallTests
{
    [Fact]
    public async Task Call_without_answer_times_out_after_thirty_seconds_and_the_grain_goes_on()
    {
        await using var host = await TestHost.StartAsync();

        var call = host.Grain("a").Enter("first");
        await host.Probe.Next();
        host.Clock.Advance(TimeSpan.FromSeconds(29.999));
        Assert.False(call.IsCompleted);
        host.Clock.Advance(TimeSpan.FromSeconds(0.001));
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        host.Probe.Open("first");

        Assert.Equal("first ended", await host.Probe.Next());
    }

    [Fact]
    public async Task Call_that_expired_in_the_queue_is_not_started()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain("a");

        var first = grain.Enter("first");
        await host.Probe.Next();
        var second = grain.Slow("second");
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TimeoutException>(() => second);
        host.Probe.Open("first");
        await first;

        Assert.Equal(3, await grain.Echo(3));
        Assert.Equal(["first ended"], host.Probe.Rest());
    }

    [Fact]
    public async Task Unmarked_exception_arrives_as_a_general_one_with_its_message()
    {
        await using var host = await TestHost.StartAsync();

        var thrown = await Assert.ThrowsAsync<UnavailableExceptionFallbackException>(() => host.Grain("a").Throw("plain"));

        Assert.Equal(("plain", typeof(PlainException).FullName), (thrown.Message, thrown.ExceptionType));
    }

    [Fact]
    public async Task Silo_that_is_killed_fails_calls_and_deactivates_nothing()
    {
        await using var host = await TestHost.StartAsync();
        var grain = host.Grain("a");
        var call = grain.Enter("first");
        await host.Probe.Next();

        await host.Cluster.KillSiloAsync(host.Cluster.Silos[0]);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => grain.Echo(1));
        host.Probe.Open("first");
        await host.Cluster.StartAdditionalSiloAsync();

        Assert.Equal(5, await grain.Echo(5));
        Assert.Empty(host.Probe.Rest());
    }
}
