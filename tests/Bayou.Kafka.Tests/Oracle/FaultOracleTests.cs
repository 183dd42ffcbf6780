using Bayou.Kafka.Tests.Support;
using Xunit.Abstractions;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>Connections to a real broker that break, hang and crawl in the middle of a response, at any byte: nothing is lost and nothing doubled.</summary>
[Trait("Category", "Kafka")]
public sealed class FaultOracleTests(ProxiedBroker broker, ITestOutputHelper output) : IClassFixture<ProxiedBroker>
{
    private const int Partitions = 6;
    private const int RecordsPerPartition = 4000;

    /// <summary>How long a connection that is healed hangs: shorter than the client waits.</summary>
    private const int HangMilliseconds = 300;

    private readonly string _topic = $"oracle-{Guid.NewGuid():N}";

    [BrokerTheory]
    [InlineData(Fault.Cut)]
    [InlineData(Fault.Reset)]
    public Task ReadAsync_over_connections_that_break_is_the_same(Fault fault) => ReadUnderAsync([fault], 40, within: 150_000, heal: false);

    [BrokerFact]
    public Task ReadAsync_over_connections_that_hang_for_good_is_the_same() => ReadUnderAsync([Fault.Stall], 3, within: 1_000_000, heal: false);

    [BrokerFact]
    public Task ReadAsync_over_connections_that_hang_for_a_while_is_the_same() => ReadUnderAsync([Fault.Stall], 8, within: 400_000, heal: true);

    [BrokerFact]
    public Task ReadAsync_over_slow_connections_is_the_same() => ReadUnderAsync([Fault.Slow], 1, within: 400_000, heal: false);

    [BrokerFact]
    public Task ReadAsync_over_all_kinds_of_bad_connections_is_the_same() =>
        ReadUnderAsync([Fault.Cut, Fault.Reset, Fault.Slow, Fault.Stall], 15, within: 300_000, heal: true);

    private async Task ReadUnderAsync(Fault[] faults, int times, int within, bool heal)
    {
        output.WriteLine(TestSeed.Text);
        broker.Proxy.SlowBytesPerSecond = 2_000_000;
        var random = new Random(TestSeed.Value);
        using (var topics = new Tools.TopicAdministration(new Dictionary<string, string> { ["bootstrap.servers"] = broker.Address }))
            await topics.CreateAsync(_topic, Partitions);
        Fill(random);

        // Hanging must be noticed by the client itself, so it may not wait long.
        var differential = new Differential(
            broker.Proxy.Address, _topic, ("socket.timeout.ms", "2000"), ("fetch.wait.max.ms", "50"), ("max.partition.fetch.bytes", "100000"), ("reconnect.backoff.ms", "5"),
            ("reconnect.backoff.max.ms", "50")) { PlainAddress = broker.Address };
        await using var source = await differential.OpenAsync();
        var readings = Enumerable.Range(0, Partitions).Select(p => new SourceReading(source, new Sources.TopicPartition(_topic, p), 0)).ToList();
        var reading = Task.WhenAll(readings.Select(log => log.ToAsync(RecordsPerPartition, new(500, 100_000), seconds: 90)));

        var done = 0;
        while (done < times)
        {
            var fault = faults[random.Next(faults.Length)];
            if (await Task.WhenAny(broker.Proxy.After(random.Next(1, within), fault), reading) == reading) break;
            done++;
            if (fault != Fault.Stall || !heal) continue;
            await Task.WhenAny(Task.Delay(HangMilliseconds), reading);
            broker.Proxy.Heal();
        }

        await reading;
        broker.Proxy.Heal();
        Assert.Equal(times, done);
        differential.Same(readings);
    }

    private void Fill(Random random)
    {
        using var producer = Producer(broker.Address, ("linger.ms", "20"), ("batch.size", "50000"));
        for (var i = 0; i < RecordsPerPartition; i++)
        {
            for (var p = 0; p < Partitions; p++)
            {
                var value = new byte[random.Next(600)];
                random.NextBytes(value);
                producer.Produce(_topic, p, BitConverter.GetBytes(i), value);
            }
        }

        producer.Flush(TimeSpan.FromSeconds(30));
    }
}
