using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

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
    public async Task Call_with_its_own_time_out_ends_then()
    {
        await using var host = await TestHost.StartAsync();

        var call = host.Grain("a").Slow("first");
        await host.Probe.Next();
        host.Clock.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<TimeoutException>(() => call);
        host.Probe.Open("first");
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
    public async Task Cancelling_a_call_ends_it_and_cancels_the_token_of_the_grain()
    {
        await using var host = await TestHost.StartAsync();
        using var cancellation = new CancellationTokenSource();

        var call = host.Grain("a").WaitFor("first", cancellation.Token);
        Assert.Equal("first began", await host.Probe.Next());
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("first cancelled", await host.Probe.Next());
    }

    [Fact]
    public async Task Marked_exception_arrives_with_its_members_and_its_stack()
    {
        await using var host = await TestHost.StartAsync();

        var thrown = await Assert.ThrowsAsync<MarkedException>(() => host.Grain("a").Throw("marked"));

        Assert.Equal(("marked", 42), (thrown.Message, thrown.Number));
        Assert.Contains("ProbeGrain.Throw", thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_exception_arrives_with_its_cause()
    {
        await using var host = await TestHost.StartAsync();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Grain("a").Throw("library"));

        Assert.Equal("cause", Assert.IsType<FormatException>(thrown.InnerException).Message);
    }

    [Fact]
    public async Task Aggregate_exception_arrives_with_all_causes()
    {
        await using var host = await TestHost.StartAsync();

        var thrown = await Assert.ThrowsAsync<AggregateException>(() => host.Grain("a").Throw("aggregate"));

        Assert.Equal([typeof(FormatException), typeof(MarkedException)], thrown.InnerExceptions.Select(one => one.GetType()));
    }

    [Fact]
    public async Task Unmarked_exception_arrives_as_a_general_one_with_its_message()
    {
        await using var host = await TestHost.StartAsync();

        var thrown = await Assert.ThrowsAsync<UnavailableExceptionFallbackException>(() => host.Grain("a").Throw("plain"));

        Assert.Equal(("plain", typeof(PlainException).FullName), (thrown.Message, thrown.ExceptionType));
    }

    [Fact]
    public async Task Inconsistent_state_deactivates_the_activation()
    {
        await using var host = await TestHost.StartAsync();

        var thrown = await Assert.ThrowsAsync<InconsistentStateException>(() => host.Grain("a").Throw("inconsistent"));

        Assert.Equal(("2", "1"), (thrown.StoredEtag, thrown.CurrentEtag));
        Assert.Equal("deactivating ApplicationError", await host.Probe.Next());
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
