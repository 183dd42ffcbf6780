using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Rights that are missing, and progress that nobody takes.</summary>
public sealed class RefusalTests : FetchingScenario
{
    [Fact]
    public async Task Missing_right_is_told_at_once_and_reading_goes_on_when_it_is_given()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 1);
        var reading = await Read().ToAsync(1);
        Broker.On(ApiKey.Fetch, _ => ScriptedAnswer.PartitionError(BrokerError.TopicAuthorizationFailed));

        var refused = await NoticeOf(reading);

        Assert.Equal((SourceErrorKind.Refused, new TopicPartition("t", 0)), (refused.Kind, refused.Partition));
        Assert.Contains(Broker.Address.ToString(), refused.Message, StringComparison.Ordinal);
        Broker.On(ApiKey.Fetch, _ => ScriptedAnswer.Default);
        Append(topic[0], batches: 1);
        Assert.Equal(Values(0, 2), (await reading.ToAsync(2)).Values);
    }

    [Theory]
    [InlineData((short)BrokerError.CoordinatorNotAvailable)]
    [InlineData((short)BrokerError.GroupAuthorizationFailed)]
    [InlineData(1234)]
    public async Task PublishProgressAsync_without_a_coordinator_does_not_throw(short error)
    {
        await OpenAsync();
        Broker.Once(ApiKey.FindCoordinator, ScriptedAnswer.Error((BrokerError)error), ScriptedAnswer.Close);

        await PublishAsync(1);
        await PublishAsync(2);
        await PublishAsync(3);

        Assert.Equal(3, Cluster.Committed[("g", new TopicPartition("t", 0))]);
    }

    [Theory]
    [InlineData((short)BrokerError.NotCoordinator)]
    [InlineData((short)BrokerError.CoordinatorLoadInProgress)]
    [InlineData((short)BrokerError.TopicAuthorizationFailed)]
    public async Task PublishProgressAsync_that_is_refused_does_not_throw(short error)
    {
        await OpenAsync();
        Broker.Once(ApiKey.OffsetCommit, ScriptedAnswer.Error((BrokerError)error), ScriptedAnswer.Close);

        await PublishAsync(1);
        await PublishAsync(2);
        await PublishAsync(3);

        Assert.Equal(3, Cluster.Committed[("g", new TopicPartition("t", 0))]);
    }

    [Fact]
    public async Task PublishProgressAsync_to_a_source_that_is_disposed_of_does_not_throw()
    {
        await OpenAsync();
        Broker.Once(ApiKey.FindCoordinator, ScriptedAnswer.Stall);
        var publishing = PublishAsync(1);
        await Broker.SeenAsync(ApiKey.FindCoordinator);

        await Source.DisposeAsync();

        await publishing;
        Assert.Empty(Cluster.Committed);
    }

    private Task PublishAsync(long next) => Source.PublishProgressAsync("g", new Dictionary<TopicPartition, long> { [new("t", 0)] = next }, default);
}
