using Bayou.Kafka.Tests.Support;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>Records of every shape that a real broker keeps read as Confluent.Kafka reads them.</summary>
[Trait("Category", "Kafka")]
[Collection(BrokerCollection.Name)]
public sealed class RecordOracleTests(LocalBroker broker)
{
    private readonly OracleTopic _topic = new(broker);

    [BrokerTheory]
    [InlineData("none")]
    [InlineData("lz4")]
    public async Task ReadAsync_of_null_and_empty_keys_and_values_is_the_same(string codec)
    {
        await _topic.CreateAsync(1);
        byte[]?[] parts = [null, [], [0], [255, 0, 1]];
        Fill(codec, produce =>
        {
            foreach (var key in parts)
                foreach (var value in parts) produce(key, value, null);
        });

        var truth = await _topic.Reading().SameAsync(ReadSizes.Many);

        Assert.Equal(16, truth[0].Records.Count);
        Assert.Equal(4, truth[0].Records.Count(record => record.EndsWith("= null", StringComparison.Ordinal)));
        Assert.Equal(4, truth[0].Records.Count(record => record.EndsWith("= x", StringComparison.Ordinal)));
    }

    [BrokerTheory]
    [InlineData("none")]
    [InlineData("zstd")]
    public async Task ReadAsync_of_headers_is_the_same(string codec)
    {
        await _topic.CreateAsync(1);
        Fill(codec, produce =>
        {
            produce([1], [2], []);
            produce([1], [2], [new("one", [1])]);
            produce([1], null, [new("same", [1]), new("other", [2]), new("same", [1]), new("same", null), new("same", [])]);
            produce(null, null, [new("null", null)]);
            produce(null, [], [new("empty", []), new("zażółć 日本", [0, 255, 128, 10])]);
            produce([], new byte[300], [new("long", new byte[70_000]), new(new string('k', 300), [1])]);
            produce([1], [2], [.. Enumerable.Range(0, 500).Select(i => new KeyValuePair<string, byte[]?>($"h{i % 7}", i % 3 == 0 ? null : new byte[i % 200]))]);
        });

        var truth = await _topic.Reading().SameAsync(ReadSizes.Many);

        Assert.Contains("; 6E756C6C = null", truth[0].Records[3], StringComparison.Ordinal);
        Assert.Contains("; 656D707479 = x;", truth[0].Records[4], StringComparison.Ordinal);
    }

    [BrokerTheory]
    [InlineData("none")]
    [InlineData("lz4")]
    public async Task ReadAsync_of_records_of_ten_megabytes_is_the_same(string codec)
    {
        await _topic.CreateAsync(2, new() { ["max.message.bytes"] = "10485760" });
        var random = new Random(5);
        for (var p = 0; p < 2; p++)
        {
            using var producer = Producer(broker.Address, ("compression.type", codec), ("message.max.bytes", "10485760"), ("queue.buffering.max.kbytes", "262144"));
            for (var i = 0; i < 3; i++)
            {
                var large = new byte[10_000_000 + random.Next(400_000)];
                random.NextBytes(large.AsSpan(0, large.Length / 2));
                for (var small = 0; small < 20; small++) producer.Produce(_topic.Name, p, $"k{small}", $"v{small}");
                producer.Produce(_topic.Name, p, [1], large);
                producer.Flush(TimeSpan.FromSeconds(30));
            }
        }

        // Larger than a fetch and than all that is read ahead of one partition.
        var truth = await _topic.Reading(("max.partition.fetch.bytes", "65536"), ("bayou.read.ahead.partition.bytes", "65536")).SameAsync(ReadSizes.Usual, new(10, 300));

        Assert.Equal([63, 63], truth.Select(content => content.Records.Count));
    }

    [BrokerFact]
    public async Task ReadAsync_of_log_append_times_is_the_same()
    {
        await _topic.CreateAsync(1, new() { ["message.timestamp.type"] = "LogAppendTime" });
        foreach (var codec in (string[])["none", "gzip"])
        {
            // Times that differ within a batch: the batch still carries them, but they do not count.
            using var producer = Producer(broker.Address, ("compression.type", codec), ("linger.ms", "50"));
            for (var i = 0; i < 100; i++) producer.Produce(_topic.Name, 0, [1], [2], 1000 + i * 10);
            producer.Flush(TimeSpan.FromSeconds(30));
        }

        var truth = await _topic.Reading().SameAsync(ReadSizes.Many);

        Assert.Equal(200, truth[0].Records.Count);
        Assert.InRange(truth[0].Records.Select(record => record[..record.IndexOf(':', StringComparison.Ordinal)].Split(" at ")[1]).Distinct().Count(), 1, 20);
    }

    [BrokerFact]
    public async Task ReadAsync_of_times_out_of_order_is_the_same()
    {
        await _topic.CreateAsync(1);
        using (var producer = Producer(broker.Address, ("linger.ms", "50")))
        {
            foreach (var time in (long[])[1_700_000_000_000, 2, 1, 1_600_000_000_000, 1_700_000_000_001, 5]) producer.Produce(_topic.Name, 0, [1], [2], time);
            producer.Flush(TimeSpan.FromSeconds(30));
        }

        var truth = await _topic.Reading().SameAsync(ReadSizes.Many);

        Assert.Equal(
            ["0 at 1700000000000:", "1 at 2:", "2 at 1:", "3 at 1600000000000:", "4 at 1700000000001:", "5 at 5:"],
            truth[0].Records.Select(record => record[..(record.IndexOf(':', StringComparison.Ordinal) + 1)]));
    }

    [BrokerFact]
    public async Task ReadAsync_of_partitions_of_which_most_are_empty_is_the_same()
    {
        await _topic.CreateAsync(20);
        Produce(broker.Address, _topic.Name, 3, 0, 500);
        Produce(broker.Address, _topic.Name, 17, 0, 1);

        var truth = await _topic.Reading().SameAsync();

        Assert.Equal(501, truth.Sum(content => content.Records.Count));
    }

    private void Fill(string codec, Action<Action<byte[]?, byte[]?, IReadOnlyList<KeyValuePair<string, byte[]?>>?>> fill)
    {
        using var producer = Producer(broker.Address, ("compression.type", codec), ("linger.ms", "50"));
        fill((key, value, headers) => producer.Produce(_topic.Name, 0, key, value, headers: headers));
        producer.Flush(TimeSpan.FromSeconds(30));
    }
}
