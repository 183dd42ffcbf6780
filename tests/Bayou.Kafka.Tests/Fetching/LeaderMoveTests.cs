using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Leaders that move: nothing is lost, nothing comes twice, and no reading ends.</summary>
public sealed class LeaderMoveTests() : FetchingScenario(brokers: 3)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leader_that_moves_again_and_again_is_followed(bool isOld)
    {
        if (isOld) Cluster.SetVersions(BrokerVersions.Kafka21);
        var topic = await OpenAsync(partitions: 3);
        var readings = Enumerable.Range(0, 3).Select(partition => Read(partition)).ToList();

        for (var round = 1; round <= 9; round++)
        {
            foreach (var partition in topic.Partitions)
            {
                partition.MoveTo((partition.Number + round) % 3 + 1);
                Append(partition, batches: 3, perBatch: 2);
            }

            foreach (var reading in readings) await reading.ToAsync(round * 6);
        }

        foreach (var reading in readings)
        {
            Assert.Equal(Values(0, 54), reading.Values);
            Assert.Empty(reading.Waits);
        }
    }

    [Theory]
    [InlineData((short)BrokerError.NotLeaderOrFollower)]
    [InlineData((short)BrokerError.FencedLeaderEpoch)]
    [InlineData((short)BrokerError.UnknownLeaderEpoch)]
    [InlineData((short)BrokerError.LeaderNotAvailable)]
    [InlineData((short)BrokerError.ReplicaNotAvailable)]
    [InlineData((short)BrokerError.KafkaStorageError)]
    [InlineData((short)BrokerError.OffsetNotAvailable)]
    [InlineData((short)BrokerError.UnknownServerError)]
    [InlineData((short)BrokerError.UnknownTopicOrPartition)]
    [InlineData((short)BrokerError.InconsistentTopicId)]
    [InlineData(9999)]
    public async Task Error_that_passes_is_tried_again_after_a_while(short error)
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 2);
        var reading = await Read().ToAsync(2);
        var before = Broker.Requests.Count(IsFetch);
        Broker.Once(ApiKey.Fetch, [.. Enumerable.Repeat(ScriptedAnswer.PartitionError((BrokerError)error), 4)]);
        await Broker.SeenAsync(IsFetch, before + 4);

        Append(topic[0], batches: 2);

        Assert.Equal(Values(0, 4), (await reading.ToAsync(4)).Values);
        Assert.Empty(reading.Waits);
    }

    [Fact]
    public async Task Metadata_that_lags_behind_does_not_lead_back()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 5);
        var reading = await Read().ToAsync(5);
        // Brokers 1 and 3 go on telling the old leader for a while; broker 1 knows that it is it no longer.
        var stale = Stale(leader: 1, epoch: 0);
        foreach (var node in new[] { 1, 3 }) Cluster.Broker(node).Once(ApiKey.Metadata, stale, stale, stale);

        topic[0].MoveTo(2);
        Append(topic[0], batches: 5);

        Assert.Equal(Values(0, 10), (await reading.ToAsync(10)).Values);
        Assert.Empty(reading.Waits);
        Append(topic[0], batches: 1);
        Assert.Equal(Values(0, 11), (await reading.ToAsync(11)).Values);
    }

    [Fact]
    public async Task Leader_that_denies_being_it_is_not_asked_as_fast_as_it_answers()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 1);
        var reading = await Read().ToAsync(1);
        Cluster.On(ApiKey.Fetch, _ => ScriptedAnswer.PartitionError(BrokerError.NotLeaderOrFollower));
        var before = Broker.Requests.Count;

        // The reader is told after 5 s; by then the leader was asked some dozens of times at most, not thousands.
        var notice = await NoticeOf(reading);
        Assert.InRange(Broker.Requests.Count - before, 2, 100);
        Assert.Contains($"broker {Broker.Address}", notice.Message, StringComparison.Ordinal);
        Assert.Contains("NotLeaderOrFollower", notice.Message, StringComparison.Ordinal);

        Cluster.On(ApiKey.Fetch, _ => ScriptedAnswer.Default);
        Append(topic[0], batches: 1);
        Assert.Equal(Values(0, 2), (await reading.ToAsync(2)).Values);
    }

    [Fact]
    public async Task Partition_without_a_leader_goes_on_when_it_has_one()
    {
        var topic = await OpenAsync(partitions: 3);
        Append(topic[1], batches: 1);
        var reading = await Read(1).ToAsync(1);

        await Cluster.Broker(2).StopAsync();
        await Cluster.Broker(1).SeenAsync(request => request.Key == ApiKey.Metadata, Cluster.Broker(1).Requests.Count(request => request.Key == ApiKey.Metadata) + 1);
        topic[1].MoveTo(3);
        Append(topic[1], batches: 1);

        Assert.Equal(Values(0, 2), (await reading.ToAsync(2)).Values);
        Assert.Empty(reading.Waits);
    }

    [Fact]
    public async Task Response_of_the_leader_before_that_comes_late_is_dropped()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 2);
        var reading = await Read().ToAsync(2);
        // The next fetch is answered only after the leader has moved and others were read.
        var gate = new TaskCompletionSource();
        Broker.Once(ApiKey.Fetch, ScriptedAnswer.Default.When(gate.Task));
        await Broker.SeenAsync(IsFetch, Broker.Requests.Count(IsFetch) + 1);
        var asked = Broker.Requests.Count(IsFetch);
        topic[0].MoveTo(2);
        Append(topic[0], batches: 2);

        gate.SetResult();

        Assert.Equal(Values(0, 4), (await reading.ToAsync(4)).Values);
        Assert.True(asked > 0);
        Assert.Single(Asked(Cluster.Broker(2)), (0, 2L));
    }

    private ScriptedAnswer Stale(int leader, int epoch) => ScriptedAnswer.Body(writer =>
    {
        writer.WriteInt32(0);
        writer.WriteArrayLength(3);
        foreach (var broker in Cluster.Brokers)
        {
            writer.WriteInt32(broker.NodeId);
            ScriptedResponses.WriteAddress(writer, broker);
            writer.WriteString(null);
            writer.WriteNoTags();
        }

        writer.WriteString(Cluster.ClusterId);
        writer.WriteInt32(1);
        writer.WriteArrayLength(1);
        writer.WriteInt16(0);
        writer.WriteString("t");
        writer.WriteUuid(Cluster.Topics["t"].Id);
        writer.WriteBoolean(false);
        writer.WriteArrayLength(1);
        writer.WriteInt16(0);
        writer.WriteInt32(0);
        writer.WriteInt32(leader);
        writer.WriteInt32(epoch);
        for (var lists = 0; lists < 3; lists++)
        {
            writer.WriteArrayLength(1);
            writer.WriteInt32(leader);
        }

        writer.WriteNoTags();
        writer.WriteInt32(int.MinValue);
        writer.WriteNoTags();
        writer.WriteNoTags();
    });
}
