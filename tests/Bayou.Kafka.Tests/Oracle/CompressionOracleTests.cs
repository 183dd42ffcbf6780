using Bayou.Kafka.Tests.Support;
using Bayou.Kafka.Tools;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>Compressed batches of a real broker read as Confluent.Kafka reads them.</summary>
[Trait("Category", "Kafka")]
[Collection(BrokerCollection.Name)]
public sealed class CompressionOracleTests(LocalBroker broker)
{
    private readonly OracleTopic _topic = new(broker);

    [BrokerTheory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("snappy")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public async Task ReadAsync_of_small_and_large_batches_is_the_same(string codec)
    {
        await _topic.CreateAsync(3);
        for (var p = 0; p < 3; p++) ProduceMixed(p, codec, seed: p);

        await _topic.Reading().SameAsync(ReadSizes.Many);
    }

    [BrokerFact]
    public async Task ReadAsync_of_all_codecs_in_one_partition_is_the_same()
    {
        await _topic.CreateAsync(1);
        foreach (var codec in (string[])["zstd", "none", "gzip", "snappy", "lz4", "none", "zstd"]) ProduceMixed(0, codec, seed: codec.Length);

        await _topic.Reading().SameAsync(ReadSizes.Many);
    }

    [BrokerTheory]
    [InlineData("gzip")]
    [InlineData("snappy")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public async Task ReadAsync_of_batches_that_the_broker_compressed_is_the_same(string codec)
    {
        // The broker's encoders are others than librdkafka's: Snappy in blocks, LZ4 with other flags.
        await _topic.CreateAsync(1, new() { ["compression.type"] = codec });
        ProduceMixed(0, "none", seed: 3);

        await _topic.Reading().SameAsync(ReadSizes.Many);
    }

    private void ProduceMixed(int partition, string codec, int seed)
    {
        var random = new Random(seed);
        using (var producer = Producer(broker.Address, ("compression.type", codec), ("linger.ms", "0")))
        {
            for (var i = 0; i < 5; i++)
            {
                Produce(producer, partition, random, 1);
                producer.Flush(TimeSpan.FromSeconds(30));
            }
        }

        using (var producer = Producer(broker.Address, ("compression.type", codec), ("linger.ms", "50")))
        {
            Produce(producer, partition, random, 2000);
            producer.Flush(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Keys and values that compress well, badly and not at all, from nothing to some ten thousand bytes.</summary>
    private void Produce(RecordProducer producer, int partition, Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var value = new byte[random.Next(20) == 0 ? random.Next(20_000) : random.Next(300)];
            if (random.Next(2) == 0) random.NextBytes(value);
            else Array.Fill(value, (byte)random.Next(256), 0, value.Length / 2);
            producer.Produce(_topic.Name, partition, BitConverter.GetBytes(i), value);
        }
    }
}
