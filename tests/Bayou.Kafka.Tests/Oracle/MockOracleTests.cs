using Bayou.Kafka.Librdkafka.Native;
using Bayou.Kafka.Tests.Support;
using Bayou.Kafka.Tools;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>librdkafka's embedded brokers, which know older versions of the protocol only, read as Confluent.Kafka reads them.</summary>
public sealed class MockOracleTests : IDisposable
{
    private readonly MockKafkaCluster _cluster;

    public MockOracleTests()
    {
        LibrdkafkaLoader.Load();
        _cluster = new MockKafkaCluster(3);
    }

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("snappy")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public async Task ReadAsync_of_several_brokers_is_the_same(string codec)
    {
        _cluster.CreateTopic("t", 6);
        for (var p = 0; p < 6; p++) Produce(_cluster.BootstrapServers, "t", p, 0, 700 * p, $"p{p}-", ("compression.type", codec));

        var truth = await new Differential(_cluster.BootstrapServers, "t").SameAsync(ReadSizes.Many);

        Assert.Equal([0, 700, 1400, 2100, 2800, 3500], truth.Select(content => content.Records.Count));
    }

    [Fact]
    public async Task ReadAsync_of_nulls_empties_and_headers_is_the_same()
    {
        _cluster.CreateTopic("t", 1);
        using (var producer = Producer(_cluster.BootstrapServers, ("linger.ms", "20")))
        {
            foreach (var key in (byte[]?[])[null, [], [1]])
                foreach (var value in (byte[]?[])[null, [], [2]])
                    producer.Produce("t", 0, key, value, 1000 + (value?.Length ?? 7), [new("a", key), new("b", value), new("a", [])]);
            producer.Flush(TimeSpan.FromSeconds(10));
        }

        var truth = await new Differential(_cluster.BootstrapServers, "t").SameAsync(ReadSizes.Many);

        Assert.Equal(9, truth[0].Records.Count);
    }

    [Fact]
    public async Task ReadAsync_while_brokers_go_and_come_back_is_the_same()
    {
        _cluster.CreateTopic("t", 6);
        var differential = new Differential(_cluster.BootstrapServers, "t");
        await using var source = await differential.OpenAsync();
        var readings = Enumerable.Range(0, 6).Select(p => new SourceReading(source, new Sources.TopicPartition("t", p), 0)).ToList();
        for (var broker = 1; broker <= 3; broker++)
        {
            for (var p = 0; p < 6; p++) Produce(_cluster.BootstrapServers, "t", p, 0, 500, $"round {broker}, ");
            _cluster.TakeDown(broker);
            var reading = readings.Select(log => log.ToAsync(500 * broker, new(100, 2000))).ToList();
            await Task.WhenAny(reading);
            _cluster.BringUp(broker);
            await Task.WhenAll(reading);
        }

        differential.Same(readings);
        Assert.All(readings, log => Assert.Equal(1500, log.Content.Records.Count));
    }
}
