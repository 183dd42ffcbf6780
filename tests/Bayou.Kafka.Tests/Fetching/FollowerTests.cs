using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>A client with a rack, whom the leader (1) sends to a follower (2).</summary>
public sealed class FollowerTests() : FetchingScenario(brokers: 2)
{
    [Fact]
    public async Task Follower_that_the_leader_names_is_asked()
    {
        var topic = await OpenAtRackAsync();
        var reading = await Read().ToAsync(5);

        Append(topic[0], batches: 5);

        Assert.Equal(Values(0, 10), (await reading.ToAsync(10)).Values);
        Assert.Contains((0, 5L), Asked(Cluster.Broker(2)));
        Assert.DoesNotContain((0, 5L), Asked(Cluster.Broker(1)));
    }

    [Theory]
    [InlineData((short)BrokerError.OffsetOutOfRange)]
    [InlineData((short)BrokerError.NotLeaderOrFollower)]
    [InlineData((short)BrokerError.ReplicaNotAvailable)]
    public async Task Follower_that_is_of_no_use_is_left_for_the_leader(short error)
    {
        var topic = await OpenAtRackAsync();
        var reading = await Read().ToAsync(5);
        Cluster.Broker(2).On(ApiKey.Fetch, _ => ScriptedAnswer.PartitionError((BrokerError)error));

        Append(topic[0], batches: 5);
        Assert.Equal(Values(0, 10), (await reading.ToAsync(10)).Values);
        var asked = Cluster.Broker(2).Requests.Count(IsFetch);
        Append(topic[0], batches: 5);
        Assert.Equal(Values(0, 15), (await reading.ToAsync(15)).Values);

        // The leader serves from now on, and does not send back.
        Assert.Equal(asked, Cluster.Broker(2).Requests.Count(IsFetch));
        Assert.Empty(reading.Waits);
    }

    [Fact]
    public async Task Follower_that_cannot_be_reached_is_left_for_the_leader()
    {
        var topic = await OpenAtRackAsync();
        var reading = await Read().ToAsync(5);

        Cluster.Broker(2).On(ApiKey.Fetch, _ => ScriptedAnswer.Close);
        Append(topic[0], batches: 5);

        Assert.Equal(Values(0, 10), (await reading.ToAsync(10)).Values);
        Assert.Empty(reading.Waits);
    }

    [Fact]
    public async Task Follower_that_nobody_knows_is_not_asked()
    {
        var topic = await OpenAsync(change: options => options with { ClientRack = "here" });
        topic[0].ReadReplica = 77;
        Append(topic[0], batches: 5);

        Assert.Equal(Values(0, 5), (await Read().ToAsync(5)).Values);
    }

    [Fact]
    public async Task Offset_that_the_leader_does_not_have_either_ends_reading_with_the_bounds()
    {
        var topic = await OpenAtRackAsync();
        topic[0].DeleteBefore(3);

        var failure = await FailureOf(Read(from: 1));

        Assert.Equal(SourceErrorKind.OffsetOutOfRange, failure.Kind);
        Assert.Contains("[3, 5)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offset_beyond_the_end_ends_reading_with_the_bounds()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 5);

        var failure = await FailureOf(Read(from: 9));

        Assert.Equal((SourceErrorKind.OffsetOutOfRange, new TopicPartition("t", 0)), (failure.Kind, failure.Partition));
        Assert.Contains("[0, 5)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leader_that_says_out_of_range_wrongly_is_asked_again()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 5);
        Broker.Once(ApiKey.Fetch, ScriptedAnswer.PartitionError(BrokerError.OffsetOutOfRange), ScriptedAnswer.PartitionError(BrokerError.OffsetOutOfRange));

        Assert.Equal(Values(2, 5), (await Read(from: 2).ToAsync(5)).Values);
    }

    private async Task<ScriptedTopic> OpenAtRackAsync()
    {
        var topic = await OpenAsync(change: options => options with { ClientRack = "here" });
        topic[0].ReadReplica = 2;
        Append(topic[0], batches: 5);
        return topic;
    }
}
