using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Fetching;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Slices;
using Bayou.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>What no reader sees of a group.</summary>
public sealed class FetchGroupTests : IAsyncLifetime
{
    private readonly ScriptedCluster _cluster = ScriptedCluster.Start();
    private readonly BufferPool _pool = new(poison: true);
    private readonly ReadAhead _ahead;
    private ClusterClient _client = null!;
    private FetchGroup _group = null!;

    public FetchGroupTests() => _ahead = new ReadAhead(new TopicPartition("t", 0), 0, _pool);

    private ScriptedBroker Broker => _cluster.Broker(1);

    public Task InitializeAsync()
    {
        var options = new ClientOptions
        {
            BootstrapServers = [Broker.Address], MetadataInterval = TimeSpan.FromMilliseconds(20), FetchWaitMax = TimeSpan.FromMilliseconds(20),
            ReconnectBackoff = TimeSpan.FromMilliseconds(10), ReconnectBackoffMax = TimeSpan.FromMilliseconds(10),
        };
        _client = new ClusterClient(options, TcpDialer.Instance);
        var planner = new FetchPlanner(new ReadAheadBudget(options.ReadAheadBytes, options.ReadAheadPartitionBytes, options.PartitionFetchBytes), options.FetchMaxBytes, mayMeet: false);
        _group = new FetchGroup(_client, options, TcpDialer.Instance, _pool, planner, NullLogger.Instance);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _ahead.Close();
        await _group.DisposeAsync();
        await _client.DisposeAsync();
        await _cluster.DisposeAsync();
        Assert.Equal(0, _pool.RentedBytes);
    }

    [Fact]
    public async Task Look_without_need_that_fails_is_no_trouble_of_those_who_are_fetched()
    {
        _cluster.AddTopic("t");
        var target = _group.Open(_ahead);
        await Broker.SeenAsync(ApiKey.Fetch, 3);
        Broker.On(ApiKey.Metadata, _ => ScriptedAnswer.Close);

        await Broker.SeenAsync(ApiKey.Metadata, Broker.Requests.Count(request => request.Key == ApiKey.Metadata) + 5);

        Assert.Equal((-1, 1), (target.TroubledSince, target.Node));
    }

    [Fact]
    public async Task TellWaiting_tells_one_who_was_busy_as_soon_as_it_waits()
    {
        _cluster.AddTopic("t");
        Broker.On(ApiKey.Fetch, _ => ScriptedAnswer.PartitionError(BrokerError.TopicAuthorizationFailed));
        var target = _group.Open(_ahead);
        await Deadline.UntilAsync("trouble", () => target.TroubledSince >= 0);
        _group.TellWaiting();
        Assert.Null(_ahead.TryTake(out var arrival));

        _group.TellWaiting();

        Assert.True(arrival!.IsCompleted);
        Assert.Equal(SourceErrorKind.Refused, Assert.Throws<SourceException>(() => _ahead.TryTake(out _)).Kind);
    }

    [Fact]
    public async Task Target_that_is_closed_is_not_asked_for_any_more()
    {
        _cluster.AddTopic("t");
        var target = _group.Open(_ahead);
        await Broker.SeenAsync(request => request.Fetch is { Partitions.Count: 1 });

        _group.Close(target);

        Assert.Empty(_group.Snapshot());
        var plan = new FetchPlan();
        _group.Plan(1, plan);
        Assert.Empty(plan.Asks);
    }

    [Fact]
    public async Task Signals_after_disposal_do_no_harm()
    {
        _cluster.AddTopic("t")[0].Append("a");
        var target = _group.Open(_ahead);
        await Broker.SeenAsync(ApiKey.Fetch, 2);

        await _group.DisposeAsync();

        _ahead.GoBack(0, "why", "broker");
        _group.LoseLeader(target, "why");
        _group.Close(target);
        Assert.Throws<ObjectDisposedException>(() => _group.Open(_ahead));
    }
}
