using Bayou.Kafka.Connections;
using Bayou.Kafka.Librdkafka.Native;
using Bayou.Kafka.Protocol;
using Bayou.Kafka.Protocol.Fetching;
using Bayou.Kafka.Tests.Support;
using Bayou.Kafka.Tools;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Protocol;

/// <summary>Every message in every version that it and a broker have, against brokers of others: Kafka's own, and librdkafka's mock.</summary>
[Collection(BrokerCollection.Name)]
public sealed class BrokerMessagesTests(LocalBroker broker)
{
    [BrokerFact]
    [Trait("Category", "Kafka")]
    public async Task All_versions_are_understood_by_a_broker()
    {
        const string topic = "protocol-messages";
        await broker.TopicsAsync("--create", "--topic", topic, "--partitions", "2");

        var used = await AskAllAsync(broker.Address, topic, isStrict: true);

        Assert.Equal(
            "ApiVersions 0 to 3, Metadata 1 to 12, ListOffsets 1 to 7, OffsetForLeaderEpoch 2 to 4, FindCoordinator 1 to 4, OffsetCommit 2 to 8, Fetch 4 to 16",
            used);
    }

    [Fact]
    public async Task All_versions_are_understood_by_librdkafkas_mock_cluster()
    {
        LibrdkafkaLoader.Load();
        using var mock = new MockKafkaCluster(1);
        mock.CreateTopic("protocol-messages", 2);

        var used = await AskAllAsync(mock.BootstrapServers, "protocol-messages", isStrict: false);

        Assert.StartsWith("ApiVersions 0 to ", used, StringComparison.Ordinal);
    }

    /// <summary>Asks everything; tells the versions that were common.</summary>
    private static async Task<string> AskAllAsync(string address, string topic, bool isStrict)
    {
        Produce(address, topic, 0, 0, 3);
        using var client = await RawClient.ConnectAsync(new HostPort(address.Split(':')[0], int.Parse(address.Split(':')[1])), isStrict);
        var has = (await client.AskAsync(new ApiVersionsRequest(), 0)).Versions;
        var used = new List<string>();
        var id = Guid.Empty;
        var epoch = -1;

        await EachAsync(new ApiVersionsRequest(), (_, response) => Assert.Equal(has.Keys.Order(), response.Versions.Keys.Order()));
        await EachAsync(new MetadataRequest([topic]), (version, response) =>
        {
            Assert.Equal([0, 1], Assert.Single(response.Topics).Partitions.Select(partition => partition.Partition).Order());
            Assert.Equal(address.Split(':')[1], Assert.Single(response.Brokers).Address.Port.ToString());
            if (version >= 7) epoch = response.Topics[0].Partitions[0].LeaderEpoch;
            if (version >= 10) id = response.Topics[0].Id;
        });
        await EachAsync(new ListOffsetsRequest(true, [new(new(topic, 0), epoch, OffsetQuery.Latest), new(new(topic, 1), epoch, OffsetQuery.Latest)]), (_, response) =>
            Assert.Equal([3, 0], response.OrderBy(each => each.Source.Partition).Select(each => each.Offset)));
        await EachAsync(new OffsetForLeaderEpochRequest([new(new(topic, 0), epoch, 0)]), (_, response) =>
            Assert.Equal((BrokerError.None, 3), (Assert.Single(response).Error, response[0].EndOffset)));
        await EachAsync(new FindCoordinatorRequest("protocol-group"), (_, response) => { });
        await EachAsync(new OffsetCommitRequest("protocol-group", [new(new(topic, 0), 3, -1)]), (_, response) => Assert.Single(response));
        await FetchEachAsync();
        return string.Join(", ", used);

        async Task EachAsync<T>(KafkaRequest<T> request, Action<short, T> check)
        {
            if (!TryUse(request, out var from, out var to)) return;
            for (var version = from; version <= to; version++) check(version, await client.AskAsync(request, version));
        }

        async Task FetchEachAsync()
        {
            var request = new FetchRequest { MaxWaitMs = 0, MaxBytes = 1 << 20, IsReadCommitted = true };
            request.Partitions.Add(new FetchRequestPartition(topic, id, 0, 0, -1, -1, 1 << 20));
            if (!TryUse(request, out var from, out var to)) return;
            for (var version = from; version <= FetchRequest.VersionFor(to, id != Guid.Empty); version++)
            {
                var fetched = await RawFetch.AskAsync(client, request, version);
                var part = Assert.Single(fetched.Parts);
                Assert.Equal((BrokerError.None, BrokerError.None, 3, true), (fetched.Error, part.Told.Error, part.Told.HighWatermark, part.Records.Length > 61));
                Assert.Equal(version >= FetchRequest.TopicIdsFrom ? ("", id) : (topic, Guid.Empty), (part.Topic, part.TopicId));
            }
        }

        bool TryUse(KafkaRequest request, out short from, out short to)
        {
            (from, to) = (0, -1);
            if (!has.TryGetValue(request.Key, out var range) || request.Versions.HighestCommon(range) is not { } highest) return false;
            (from, to) = (Math.Max(range.Min, request.Versions.Min), highest);
            used.Add($"{request.Key} {new VersionRange(from, to)}");
            return true;
        }
    }
}
