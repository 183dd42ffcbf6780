using Bayou.Kafka.Tests.Support;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>A real broker that is killed and comes back while it is read: nothing is lost and nothing doubled.</summary>
[Trait("Category", "Kafka")]
[Collection(BrokerCollection.Name)]
public sealed class RestartOracleTests(LocalBroker broker)
{
    private readonly OracleTopic _topic = new(broker);

    [BrokerFact]
    public async Task ReadAsync_over_a_restart_is_the_same()
    {
        await _topic.CreateAsync(4);
        for (var p = 0; p < 4; p++) Produce(broker.Address, _topic.Name, p, 0, 2000, new string('x', 400), ("compression.type", p % 2 == 0 ? "lz4" : "none"), ("batch.size", "20000"));
        var differential = _topic.Reading(("max.partition.fetch.bytes", "50000"), ("bayou.read.ahead.partition.bytes", "65536"));
        await using var source = await differential.OpenAsync();
        var readings = Enumerable.Range(0, 4).Select(p => new SourceReading(source, new Sources.TopicPartition(_topic.Name, p), 0)).ToList();
        foreach (var reading in readings) await reading.ToAsync(300, new(100, 100_000));

        await broker.KillAsync();
        var rest = readings.Select(reading => reading.ToAsync(4000, new(100, 100_000))).ToList();
        await broker.StartAsync();
        for (var p = 0; p < 4; p++) Produce(broker.Address, _topic.Name, p, 2000, 4000, new string('x', 400));
        await Task.WhenAll(rest);

        differential.Same(readings);
    }
}
