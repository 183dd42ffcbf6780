using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Topics that are deleted, made anew, or not known for a moment.</summary>
public sealed class TopicLifeTests() : FetchingScenario(brokers: 2)
{
    [Theory]
    [InlineData(16)]
    [InlineData(12)]
    [InlineData(10)]
    public async Task Topic_made_anew_ends_reading_and_names_both_ids(short version)
    {
        Cluster.SetVersions(BrokerVersions.Kafka41.With(ApiKey.Fetch, 4, version));
        // Fetches by name find out only when metadata is looked at without need.
        var before = await OpenAsync(change: options => version < 13 ? options with { MetadataInterval = TimeSpan.FromMilliseconds(100) } : options);
        Append(before[0], batches: 3);
        var reading = await Read().ToAsync(3);

        var now = Cluster.AddTopic("t");

        var failure = await FailureOf(reading);
        Assert.Equal((SourceErrorKind.UnknownTopic, new TopicPartition("t", 0)), (failure.Kind, failure.Partition));
        Assert.Contains(TopicIdText.Of(before.Id)!, failure.Message, StringComparison.Ordinal);
        Assert.Contains(TopicIdText.Of(now.Id)!, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topic_made_anew_where_there_are_no_ids_ends_reading()
    {
        Cluster.SetVersions(BrokerVersions.Kafka21);
        Cluster.HasTopicIds = false;
        var before = await OpenAsync();
        before[0].MoveTo(2);
        before[0].MoveTo(1);
        Append(before[0], batches: 3);
        var reading = await Read().ToAsync(3);

        Append(Cluster.AddTopic("t")[0], batches: 10);

        var failure = await FailureOf(reading);
        Assert.Equal(SourceErrorKind.UnknownTopic, failure.Kind);
        Assert.Contains("leader epoch was 2 and is 0", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Values(0, 3), reading.Values);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(10)]
    public async Task Topic_that_is_deleted_ends_reading(short version)
    {
        Cluster.SetVersions(BrokerVersions.Kafka41.With(ApiKey.Fetch, 4, version));
        Append((await OpenAsync())[0], batches: 3);
        var reading = await Read().ToAsync(3);

        Cluster.RemoveTopic("t");

        var failure = await FailureOf(reading);
        Assert.Equal((SourceErrorKind.UnknownTopic, new TopicPartition("t", 0)), (failure.Kind, failure.Partition));
    }

    [Fact]
    public async Task Partition_that_there_is_not_ends_reading()
    {
        await OpenAsync(partitions: 2);

        var failure = await FailureOf(Read(2));

        Assert.Equal((SourceErrorKind.UnknownTopic, new TopicPartition("t", 2)), (failure.Kind, failure.Partition));
    }

    [Fact]
    public async Task Topic_that_brokers_do_not_know_for_a_moment_goes_on()
    {
        var topic = await OpenAsync();
        Append(topic[0], batches: 3);
        var reading = await Read().ToAsync(3);
        var unknown = ScriptedAnswer.Error(BrokerError.UnknownTopicOrPartition);
        foreach (var broker in Cluster.Brokers)
        {
            broker.Once(ApiKey.Metadata, unknown, unknown, unknown, unknown);
            broker.Once(ApiKey.Fetch, ScriptedAnswer.PartitionError(BrokerError.UnknownTopicId));
        }

        Append(topic[0], batches: 3);

        Assert.Equal(Values(0, 6), (await reading.ToAsync(6)).Values);
        Assert.Empty(reading.Waits);
    }
}
