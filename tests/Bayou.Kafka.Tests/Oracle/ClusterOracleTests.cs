using Bayou.Kafka.Tests.Support;
using Bayou.Kafka.Tools;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>Three real brokers of which one goes at a time, while records are written and read: nothing is lost and nothing doubled.</summary>
[Trait("Category", "Kafka")]
[Collection(ClusterCollection.Name)]
public sealed class ClusterOracleTests(LocalCluster cluster)
{
    private const int Partitions = 6;
    private readonly string _topic = $"oracle-{Guid.NewGuid():N}";
    private readonly int[] _produced = new int[Partitions];
    private List<SourceReading> _readings = [];

    [BrokerFact]
    public Task ReadAsync_while_a_broker_is_killed_and_comes_back_is_the_same() => ReadWhileAsync(async () =>
    {
        await cluster.KillAsync(1);
        await ProgressAsync();
        await cluster.StartAsync();
        await ProgressAsync();
    });

    [BrokerFact]
    public Task ReadAsync_while_leaders_move_is_the_same() => ReadWhileAsync(async () =>
    {
        await cluster.StopAsync(2);
        await ProgressAsync();
        await cluster.StartAsync();
        await cluster.MoveLeadersBackAsync();
        await ProgressAsync();
    });

    private async Task ReadWhileAsync(Func<Task> harm)
    {
        using (var topics = new TopicAdministration(new Dictionary<string, string> { ["bootstrap.servers"] = cluster.Address }))
            await topics.CreateAsync(_topic, Partitions);
        var differential = new Differential(cluster.Address, _topic);
        await using var source = await differential.OpenAsync();
        _readings = [.. Enumerable.Range(0, Partitions).Select(p => new SourceReading(source, new Sources.TopicPartition(_topic, p), 0))];
        using var stop = new CancellationTokenSource();
        var producing = ProduceUntilAsync(stop.Token);
        var reading = Task.WhenAll(_readings.Select(log => log.UntilAsync(ReadSizes.Usual, stop.Token)));

        await ProgressAsync();
        await harm();
        await stop.CancelAsync();
        await producing;
        await reading;
        await Task.WhenAll(_readings.Select((log, p) => log.ToAsync(_produced[p], ReadSizes.Usual)));

        differential.Same(_readings);
        for (var p = 0; p < Partitions; p++)
            Assert.Equal(Enumerable.Range(0, _produced[p]).Select(Text), _readings[p].Content.Records.Select(record => record[(record.LastIndexOf(' ') + 1)..]));
    }

    /// <summary>Waits until every partition was read on, so that each has met what was done to its brokers.</summary>
    private async Task ProgressAsync()
    {
        var from = _readings.Select(log => log.Next).ToArray();
        await Deadline.UntilAsync("every partition is read on", () => _readings.Select((log, p) => log.Next - from[p]).All(more => more > 500), seconds: 60);
    }

    private async Task ProduceUntilAsync(CancellationToken end)
    {
        using var producer = Producer(cluster.Address, ("acks", "all"), ("linger.ms", "5"));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!end.IsCancellationRequested)
        {
            for (var p = 0; p < Partitions; p++)
                for (var i = 0; i < 5; i++) producer.Produce(_topic, p, [1], BitConverter.GetBytes(_produced[p]++));
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.Run(() => producer.Flush(TimeSpan.FromSeconds(60)), CancellationToken.None);
    }

    private static string Text(int value) => "x" + Convert.ToHexString(BitConverter.GetBytes(value));
}
