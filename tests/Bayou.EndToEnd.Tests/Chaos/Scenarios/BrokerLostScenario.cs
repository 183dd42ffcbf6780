using Bayou.EndToEnd.Tests.Support;

namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>One of three brokers is killed: its partitions are read on from their new leaders.</summary>
internal sealed class BrokerLostScenario : IScenario
{
    private const int Partitions = 12;

    public string Name => "broker-lost";

    public string Description => "one of three brokers killed, for good at first, and back later";

    public bool FaultsBrokers => true;

    public async Task<string> RunAsync(ScenarioContext context)
    {
        var cluster = new LocalCluster();
        context.Opened("", cluster.DisposeAsync);
        await cluster.InitializeAsync();
        try
        {
            var inside = new ScenarioContext(cluster.Address, cluster, context.Random.Next(), context.Kills, context.IsShort) { Opened = context.Opened };
            var node = 1 + context.Random.Next(LocalCluster.Nodes);
            await using var arena = await Arena.CreateAsync(inside, Partitions);
            arena.Generate();
            var silo = await arena.RecoverAsync();

            await cluster.KillAsync(node);
            var killed = TimeProvider.System.GetTimestamp();
            // Commits of what had been read before do not count.
            await Task.Delay(TimeSpan.FromSeconds(2));
            arena.Watch.ForgetMoves();
            await arena.UntilAsync($"all {Partitions} partitions are read again", silo, () => arena.Watch.MovedPartitions == Partitions);
            context.Recoveries.Add(TimeProvider.System.GetElapsedTime(killed));

            await cluster.StartAsync();
            await arena.SettleAsync(silo);
            return $"broker {node}; recovery counts from its death until every partition had moved";
        }
        finally
        {
            await cluster.DisposeAsync();
        }
    }
}
