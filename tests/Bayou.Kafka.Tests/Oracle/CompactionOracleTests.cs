using Bayou.Kafka.Tests.Support;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>Partitions with holes, as a real broker's cleaner and retention leave them, read as Confluent.Kafka reads them.</summary>
[Trait("Category", "Kafka")]
[Collection(BrokerCollection.Name)]
public sealed class CompactionOracleTests(LocalBroker broker)
{
    private readonly OracleTopic _topic = new(broker);

    [BrokerTheory]
    [InlineData("none")]
    [InlineData("lz4")]
    public async Task ReadAsync_of_a_compacted_topic_is_the_same(string codec)
    {
        await _topic.CreateAsync(1, new()
        {
            ["cleanup.policy"] = "compact", ["segment.ms"] = "50", ["min.cleanable.dirty.ratio"] = "0.01", ["max.compaction.lag.ms"] = "100", ["delete.retention.ms"] = "100",
        });
        var written = 0;

        // Keys come again, and are deleted, until the cleaner has taken records from the middle of batches.
        for (var round = 0; round < 200 && (round < 5 || Kept() == written); round++)
        {
            using var producer = Producer(broker.Address, ("compression.type", codec));
            for (var i = 0; i < 100; i++, written++)
                producer.Produce(_topic.Name, 0, $"k{(i % 3 == 0 ? written : i % 20)}", i % 7 == 0 ? null : $"v{written}");
            producer.Flush(TimeSpan.FromSeconds(10));
        }

        // The cleaner goes on meanwhile: what is compared must have been the same before and after.
        for (var attempt = 1; ; attempt++)
        {
            var before = _topic.Reading().Truth()[0];
            try
            {
                var truth = await _topic.Reading().SameAsync(ReadSizes.Usual, new(7, 300));
                Assert.InRange(truth[0].Records.Count, 1, written - 1);
                Assert.Equal(written, truth[0].Next);
                return;
            }
            catch (Xunit.Sdk.XunitException) when (attempt < 10 && !before.Records.SequenceEqual(_topic.Reading().Truth()[0].Records)) { }
        }

        int Kept() => _topic.Reading().Truth()[0].Records.Count;
    }

    [BrokerFact]
    public async Task ReadAsync_from_where_retention_begins_is_the_same()
    {
        await _topic.CreateAsync(1);
        Produce(broker.Address, _topic.Name, 0, 0, 500);
        using (var topics = new Tools.TopicAdministration(new Dictionary<string, string> { ["bootstrap.servers"] = broker.Address }))
            await topics.DeleteRecordsAsync(new Sources.TopicPartition(_topic.Name, 0), 333);

        var truth = await _topic.Reading().SameAsync(ReadSizes.Many);

        Assert.Equal((333L, 167, 500L), (truth[0].Low, truth[0].Records.Count, truth[0].Next));
    }
}
