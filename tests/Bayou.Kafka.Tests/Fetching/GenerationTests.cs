using Bayou.Kafka.Protocol;
using Bayou.Kafka.Tests.Support;

namespace Bayou.Kafka.Tests.Fetching;

/// <summary>Brokers of all generations: the same records, whatever they can.</summary>
public sealed class GenerationTests() : FetchingScenario(brokers: 2)
{
    public static TheoryData<short> FetchVersions() => [.. Enumerable.Range(4, 13).Select(version => (short)version)];

    [Theory]
    [MemberData(nameof(FetchVersions))]
    public async Task ReadAsync_in_each_fetch_version_returns_every_record(short version)
    {
        Cluster.SetVersions(BrokerVersions.Kafka41.With(ApiKey.Fetch, 4, version));
        await ReadAllAsync();
        Assert.Equal([version], FetchVersionsSeen());
    }

    [Fact]
    public async Task ReadAsync_from_brokers_of_the_oldest_generation_returns_every_record()
    {
        Cluster.SetVersions(BrokerVersions.Kafka21);
        Cluster.HasTopicIds = false;
        await ReadAllAsync();
        Assert.Equal([(short)10], FetchVersionsSeen());
    }

    [Fact]
    public async Task ReadAsync_from_brokers_of_two_generations_returns_every_record()
    {
        Cluster.Broker(2).Versions = BrokerVersions.Kafka21;
        await ReadAllAsync();
        Assert.Equal([(short)10, (short)16], FetchVersionsSeen());
    }

    [Fact]
    public async Task ReadAsync_of_topics_without_ids_uses_the_last_version_that_has_names()
    {
        Cluster.HasTopicIds = false;
        await ReadAllAsync();
        Assert.Equal([(short)12], FetchVersionsSeen());
    }

    [Fact]
    public async Task Several_topics_without_ids_are_named_once_each_in_a_request()
    {
        Cluster.HasTopicIds = false;
        var topics = new[] { "a", "b", "c" };
        foreach (var name in topics) Cluster.AddTopic(name, 6);
        await OpenOnAsync(topics);
        var readings = (from partition in Enumerable.Range(0, 6) from topic in topics select (topic, partition, Reading: Read(partition, topic: topic))).ToList();

        foreach (var (topic, partition, reading) in readings)
        {
            Cluster.Topics[topic][partition].Append($"{topic}{partition}");
            Assert.Equal([$"{topic}{partition}"], (await reading.ToAsync(1)).Values);
        }

        foreach (var fetch in Cluster.Brokers.SelectMany(broker => broker.Requests).Select(request => request.Fetch).OfType<ScriptedFetch>())
        {
            var names = fetch.Partitions.ConvertAll(wanted => wanted.Key.Topic);
            Assert.Equal(names.Distinct().Count(), names.Where((name, i) => i == 0 || names[i - 1] != name).Count());
        }
    }

    private IEnumerable<short> FetchVersionsSeen() => Cluster.Brokers.SelectMany(broker => broker.Requests).Where(IsFetch).Select(request => request.Version).Distinct().Order();

    private async Task ReadAllAsync()
    {
        var topic = await OpenAsync(partitions: 4);
        foreach (var partition in topic.Partitions) Append(partition, batches: 20, perBatch: 3);
        var readings = Enumerable.Range(0, 4).Select(partition => Read(partition)).ToList();

        foreach (var reading in readings) Assert.Equal(Values(0, 60), (await reading.ToAsync(60, maxRecords: 7)).Values);
        Append(topic[3], batches: 1);
        Assert.Equal(Values(0, 61), (await readings[3].ToAsync(61)).Values);
    }
}
