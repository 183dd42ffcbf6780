using Orleans.Storage;

namespace Bayou.Cluster.Tests.GrainHost;

public sealed class CallTests
{
    [Fact]
    public async Task Call_that_takes_too_long_times_out_and_the_grain_goes_on()
    {
        await using var host = await HostFixture.StartAsync();

        var call = host.Grain("a").Hurry("first");
        Assert.Equal("first began", await host.Probe.Next());
        await Assert.ThrowsAsync<TimeoutException>(() => call);
        host.Probe.Open("first");

        Assert.Equal("first ended", await host.Probe.Next());
    }

    [Fact]
    public async Task Call_that_expired_in_the_queue_is_not_started()
    {
        await using var host = await HostFixture.StartAsync();
        var grain = host.Grain("a");

        var first = grain.Enter("first");
        Assert.Equal("first began", await host.Probe.Next());
        await Assert.ThrowsAsync<TimeoutException>(() => grain.Hurry("second"));

        // The silo's own clock for it may be a little behind the client's.
        await Task.Delay(200);
        host.Probe.Open("second");
        host.Probe.Open("first");
        await first;

        Assert.Equal(3, await grain.Echo(3));
        Assert.Equal(["first ended"], host.Probe.Rest());
    }

    [Fact]
    public async Task Cancelling_a_call_ends_it_as_canceled_and_cancels_the_token_of_the_grain()
    {
        await using var host = await HostFixture.StartAsync();
        using var cancellation = new CancellationTokenSource();

        var call = host.Grain("a").WaitFor("first", cancellation.Token);
        Assert.Equal("first began", await host.Probe.Next());
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(TaskStatus.Canceled, call.Status);
        Assert.Equal("first cancelled", await host.Probe.Next());
    }

    [Fact]
    public async Task Call_with_a_cancelled_token_is_not_made_and_throws_at_once()
    {
        await using var host = await HostFixture.StartAsync();

        Assert.Throws<OperationCanceledException>(() => { _ = host.Grain("a").WaitFor("first", new CancellationToken(true)); });

        Assert.Equal(1, await host.Grain("a").Echo(1));
        Assert.Empty(host.Probe.Rest());
    }

    [Fact]
    public async Task Cancellation_by_the_grain_itself_arrives_as_such()
    {
        await using var host = await HostFixture.StartAsync();

        var call = host.Grain("a").Throw("cancelled");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(TaskStatus.Canceled, call.Status);
    }

    [Fact]
    public async Task Marked_exception_arrives_with_its_members_and_its_stack()
    {
        await using var host = await HostFixture.StartAsync();

        var thrown = await Assert.ThrowsAsync<MarkedException>(() => host.Grain("a").Throw("marked"));

        Assert.Equal(("marked", 42), (thrown.Message, thrown.Number));
        Assert.Contains("ProbeGrain.Throw", thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Library_exception_arrives_with_its_cause()
    {
        await using var host = await HostFixture.StartAsync();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => host.Grain("a").Throw("library"));

        Assert.Equal("cause", Assert.IsType<FormatException>(thrown.InnerException).Message);
    }

    [Fact]
    public async Task Aggregate_exception_arrives_with_all_causes()
    {
        await using var host = await HostFixture.StartAsync();

        var thrown = await Assert.ThrowsAsync<AggregateException>(() => host.Grain("a").Throw("aggregate"));

        Assert.Equal([typeof(FormatException), typeof(MarkedException)], thrown.InnerExceptions.Select(one => one.GetType()));
    }

    [Fact]
    public async Task Inconsistent_state_deactivates_the_activation()
    {
        await using var host = await HostFixture.StartAsync();
        var before = await host.Grain("a").Incarnation();

        var thrown = await Assert.ThrowsAsync<InconsistentStateException>(() => host.Grain("a").Throw("inconsistent"));

        Assert.Equal(("2", "1"), (thrown.StoredEtag, thrown.CurrentEtag));
        Assert.Equal("deactivating ApplicationError", await host.Probe.Next());
        Assert.NotEqual(before, await host.Grain("a").Incarnation());
    }

    [Fact]
    public async Task Reference_passed_as_result_calls_the_same_grain()
    {
        await using var host = await HostFixture.StartAsync();

        var self = await host.Grain("some key").Self();

        Assert.Equal(host.Grain("some key"), self);
        Assert.Equal("> some key", await self.KeyAndPrefix("> "));
    }

    [Fact]
    public async Task Grain_calls_a_grain_that_it_is_given()
    {
        await using var host = await HostFixture.StartAsync();

        Assert.Equal(5, await host.Grain("a").EchoThrough(host.Grain("b"), 5));
    }

    [Fact]
    public async Task Silo_that_is_killed_deactivates_nothing()
    {
        await using var host = await HostFixture.StartAsync();
        var call = host.Grain("a").Enter("first");
        await host.Probe.Next();

        await host.Cluster.KillSiloAsync(host.Cluster.Silos[0]);

        await Assert.ThrowsAnyAsync<Exception>(() => call.WaitAsync(TimeSpan.FromSeconds(35)));
        Assert.Empty(host.Probe.Rest());
        host.Probe.Open("first");
    }
}
