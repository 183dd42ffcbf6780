using Bayou.Kafka.Protocol;
using Bayou.Kafka.Protocol.Fetching;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Support;

/// <summary>The scripted broker against this project's messages, in all their versions: what one writes the other reads.</summary>
public sealed class ScriptedBrokerTests : IAsyncLifetime
{
    private readonly ScriptedCluster _cluster = ScriptedCluster.Start(brokers: 2);
    private RawClient _client = null!;

    private ScriptedBroker Broker => _cluster.Broker(1);

    public async Task InitializeAsync() => _client = await RawClient.ConnectAsync(Broker.Address);

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _cluster.DisposeAsync();
    }

    public static TheoryData<short> Versions(int from, int to)
    {
        var versions = new TheoryData<short>();
        for (; from <= to; from++) versions.Add((short)from);
        return versions;
    }

    [Theory]
    [MemberData(nameof(Versions), 0, 3)]
    public async Task ApiVersions_in_each_version_tells_what_the_broker_has(short version)
    {
        var response = await _client.AskAsync(new ApiVersionsRequest(), version);

        Assert.Equal(BrokerError.None, response.Error);
        Assert.Equal(BrokerVersions.Kafka41, response.Versions);
    }

    [Fact]
    public async Task ApiVersions_that_the_broker_lacks_is_answered_in_version_0()
    {
        Broker.Versions = BrokerVersions.Kafka21;

        var response = await _client.AskAsync(new ApiVersionsRequest(), 3);

        Assert.Equal(BrokerError.UnsupportedVersion, response.Error);
        Assert.Equal(new VersionRange(0, 2), response.Versions[ApiKey.ApiVersions]);
    }

    [Theory]
    [MemberData(nameof(Versions), 1, 12)]
    public async Task Metadata_in_each_version_tells_brokers_and_partitions(short version)
    {
        var topic = _cluster.AddTopic("events", partitions: 2);
        topic[1].MoveTo(1);

        var response = await _client.AskAsync(new MetadataRequest(["events", "none"]), version);

        Assert.Equal([new(1, Broker.Address, null), new(2, _cluster.Broker(2).Address, null)], response.Brokers);
        Assert.Equal(version >= 2 ? "scripted" : null, response.ClusterId);
        Assert.Equal([("events", BrokerError.None, version >= 10 ? topic.Id : default), ("none", BrokerError.UnknownTopicOrPartition, default)],
            response.Topics.Select(each => (each.Name, each.Error, each.Id)));
        Assert.Equal([new(BrokerError.None, 0, 1, version >= 7 ? 0 : -1), new(BrokerError.None, 1, 1, version >= 7 ? 1 : -1)], response.Topics[0].Partitions);
    }

    [Theory]
    [MemberData(nameof(Versions), 1, 7)]
    public async Task ListOffsets_in_each_version_tells_both_ends(short version)
    {
        var topic = _cluster.AddTopic("events", partitions: 2);
        topic[0].Append("a", "b");
        topic[0].Append("c");
        topic[0].DeleteBefore(2);

        var earliest = await _client.AskAsync(new ListOffsetsRequest(true, [new(new("events", 0), -1, OffsetQuery.Earliest), new(new("events", 1), -1, OffsetQuery.Earliest)]), version);
        var latest = await _client.AskAsync(new ListOffsetsRequest(true, [new(new("events", 0), -1, OffsetQuery.Latest)]), version);

        Assert.Equal([(BrokerError.None, 2), (BrokerError.NotLeaderOrFollower, -1)], earliest.Select(each => (each.Error, each.Offset)));
        Assert.Equal([(BrokerError.None, 3)], latest.Select(each => (each.Error, each.Offset)));
    }

    [Theory]
    [MemberData(nameof(Versions), 2, 4)]
    public async Task OffsetForLeaderEpoch_in_each_version_tells_where_an_epoch_ended(short version)
    {
        var partition = _cluster.AddTopic("events")[0];
        partition.Append("a", "b");
        partition.MoveTo(1);
        partition.Append("c");

        var ends = await _client.AskAsync(new OffsetForLeaderEpochRequest([new(new("events", 0), 1, 0)]), version);
        var fenced = await _client.AskAsync(new OffsetForLeaderEpochRequest([new(new("events", 0), 0, 0)]), version);

        Assert.Equal([new EpochEnd(new("events", 0), BrokerError.None, 0, 2)], ends);
        Assert.Equal(BrokerError.FencedLeaderEpoch, Assert.Single(fenced).Error);
    }

    [Theory]
    [MemberData(nameof(Versions), 1, 4)]
    public async Task FindCoordinator_in_each_version_tells_the_broker(short version)
    {
        _cluster.Coordinator = 2;

        Assert.Equal(new FindCoordinatorResponse(BrokerError.None, null, 2, _cluster.Broker(2).Address), await _client.AskAsync(new FindCoordinatorRequest("g"), version));
    }

    [Theory]
    [MemberData(nameof(Versions), 2, 8)]
    public async Task OffsetCommit_in_each_version_stores_the_offset(short version)
    {
        var result = await _client.AskAsync(new OffsetCommitRequest("g", [new(new("events", 3), 100, 1)]), version);

        Assert.Equal([new CommittedOffset(new("events", 3), BrokerError.None)], result);
        Assert.Equal(100, _cluster.Committed[("g", new TopicPartition("events", 3))]);
    }

    [Theory]
    [MemberData(nameof(Versions), 4, 16)]
    public async Task Fetch_in_each_version_tells_records_and_errors(short version)
    {
        var topic = _cluster.AddTopic("events", partitions: 2);
        topic[0].Append("a", "b");
        topic[0].Append("c");

        var fetched = await RawFetch.AskAsync(_client, Request(Want(topic, 0, 1), Want(topic, 1, 0)), version);

        Assert.Equal([(BrokerError.None, 3), (BrokerError.NotLeaderOrFollower, -1)], fetched.Parts.Select(part => (part.Told.Error, part.Told.HighWatermark)));
        Assert.Equal([.. topic[0].Batches[0].Bytes, .. topic[0].Batches[1].Bytes], fetched.Parts[0].Records);
        Assert.Equal(version >= 13 ? ("", topic.Id) : ("events", Guid.Empty), (fetched.Parts[0].Topic, fetched.Parts[0].TopicId));
        Assert.Equal(version >= 12 ? new LeaderAndEpoch(2, 0) : null, fetched.Parts[1].Leader);
        Assert.Equal(version >= 7, fetched.SessionId != 0);
    }

    [Fact]
    public async Task Fetch_in_a_session_tells_what_is_new()
    {
        var topic = _cluster.AddTopic("events", partitions: 3);
        topic[0].Append("a");
        var session = new FetchSession();
        var request = Request();

        var first = await FetchAsync(session, request, Want(topic, 0, 0), Want(topic, 2, 0));
        topic[2].Append("b");
        var second = await FetchAsync(session, request, Want(topic, 0, 1), Want(topic, 2, 0));
        Broker.Sessions.Clear();
        var third = await FetchAsync(session, request, Want(topic, 0, 1), Want(topic, 2, 1));
        var fourth = await FetchAsync(session, request, Want(topic, 0, 1), Want(topic, 2, 1));

        Assert.Equal([0, 2], first.Parts.Select(part => part.Told.Partition));
        Assert.Equal([2], second.Parts.Select(part => part.Told.Partition));
        Assert.Equal(first.SessionId, second.SessionId);
        Assert.Equal((BrokerError.FetchSessionIdNotFound, 0), (third.Error, third.Parts.Count));
        Assert.Equal([0, 2], fourth.Parts.Select(part => part.Told.Partition));
    }

    [Fact]
    public async Task Fetch_of_nothing_waits_until_something_is_appended()
    {
        var topic = _cluster.AddTopic("events");
        var request = Request(Want(topic, 0, 0));
        request.MaxWaitMs = 60_000;

        var fetch = RawFetch.AskAsync(_client, request, 16);
        await Broker.SeenAsync(ApiKey.Fetch);
        Assert.False(fetch.IsCompleted);
        topic[0].Append("a");

        Assert.NotEmpty((await fetch).Parts[0].Records);
    }

    [Fact]
    public async Task Fetch_cuts_the_last_batch_at_the_size_limit_but_never_the_first_one()
    {
        var topic = _cluster.AddTopic("events");
        topic[0].Append("a");
        topic[0].Append("b");
        var size = topic[0].Batches[0].Bytes.Length;

        var small = await RawFetch.AskAsync(_client, Request(Want(topic, 0, 0) with { MaxBytes = 1 }), 16);
        var larger = await RawFetch.AskAsync(_client, Request(Want(topic, 0, 0) with { MaxBytes = size + 10 }), 16);

        Assert.Equal((size, size + 10), (small.Parts[0].Records.Length, larger.Parts[0].Records.Length));
    }

    [Fact]
    public async Task Fetch_read_committed_ends_at_open_transactions_and_tells_aborted_ones()
    {
        var topic = _cluster.AddTopic("events");
        topic[0].Append(new RecordBatchBuilder { ProducerId = 7, IsTransactional = true }.Add("a"));
        topic[0].Append(RecordBatchBuilder.Abort(7));
        topic[0].Append(new RecordBatchBuilder { ProducerId = 8, IsTransactional = true }.Add("b"));
        topic[0].Append("c");

        var part = (await RawFetch.AskAsync(_client, Request(Want(topic, 0, 0)), 16)).Parts[0];

        Assert.Equal((4, 2), (part.Told.HighWatermark, part.Told.LastStableOffset));
        Assert.Equal([new(7, 0)], part.Told.Aborted);
        Assert.Equal(topic[0].Batches[0].Bytes.Length + topic[0].Batches[1].Bytes.Length, part.Records.Length);
    }

    [Fact]
    public async Task Fetch_beyond_a_truncation_tells_where_the_logs_diverged()
    {
        var topic = _cluster.AddTopic("events");
        topic[0].Append("a");
        topic[0].Append("b");
        topic[0].Truncate(1);

        var part = (await RawFetch.AskAsync(_client, Request(Want(topic, 0, 2) with { LeaderEpoch = 1, LastFetchedEpoch = 0 }), 12)).Parts[0];

        Assert.Equal(new EpochEndOffset(0, 1), part.Diverging);
        Assert.Empty(part.Records);
    }

    [Fact]
    public async Task Fetch_of_a_topic_made_anew_does_not_know_the_old_id()
    {
        var old = _cluster.AddTopic("events");
        _cluster.AddTopic("events");

        Assert.Equal(BrokerError.UnknownTopicId, (await RawFetch.AskAsync(_client, Request(Want(old, 0, 0)), 13)).Parts[0].Told.Error);
    }

    [Fact]
    public async Task Once_answers_before_On_and_in_turn()
    {
        Broker.On(ApiKey.FindCoordinator, _ => ScriptedAnswer.Error(BrokerError.CoordinatorLoadInProgress));
        Broker.Once(ApiKey.FindCoordinator, ScriptedAnswer.Default, ScriptedAnswer.Error(BrokerError.CoordinatorNotAvailable));
        var errors = new List<BrokerError>();

        for (var i = 0; i < 3; i++) errors.Add((await _client.AskAsync(new FindCoordinatorRequest("g"), 1)).Error);

        Assert.Equal([BrokerError.None, BrokerError.CoordinatorNotAvailable, BrokerError.CoordinatorLoadInProgress], errors);
    }

    [Fact]
    public async Task Answers_that_are_cut_end_the_connection()
    {
        Broker.Once(ApiKey.Metadata, ScriptedAnswer.Default.CloseAfter(10));

        await Assert.ThrowsAsync<EndOfStreamException>(() => _client.AskAsync(new MetadataRequest(null), 1));
    }

    [Fact]
    public async Task StopAsync_refuses_connections_until_it_is_started_again()
    {
        var address = Broker.Address;
        await Broker.StopAsync();

        await Assert.ThrowsAnyAsync<IOException>(() => _client.AskAsync(new MetadataRequest(null), 1));
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => RawClient.ConnectAsync(address));

        Broker.Start();
        using var again = await RawClient.ConnectAsync(address);
        Assert.Equal(2, (await again.AskAsync(new MetadataRequest(null), 1)).Brokers.Count);
    }

    private static FetchRequest Request(params FetchRequestPartition[] wanted)
    {
        var request = new FetchRequest { MaxWaitMs = 0, MaxBytes = 1 << 20, IsReadCommitted = true };
        request.Partitions.AddRange(wanted);
        return request;
    }

    private static FetchRequestPartition Want(ScriptedTopic topic, int partition, long offset) =>
        new(topic.Name, topic.Id, partition, offset, -1, -1, 1 << 20);

    private async Task<RawFetch> FetchAsync(FetchSession session, FetchRequest request, params FetchRequestPartition[] wanted)
    {
        session.Prepare(request, wanted, hasTopicIds: true);
        var fetched = await RawFetch.AskAsync(_client, request, 16);
        if (fetched.Error == BrokerError.None) session.Accept(fetched.SessionId);
        else session.Refuse(fetched.Error);
        return fetched;
    }
}
