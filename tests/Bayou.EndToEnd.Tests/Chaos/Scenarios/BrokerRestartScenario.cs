namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>The only broker is killed and started again, several times.</summary>
internal sealed class BrokerRestartScenario : IScenario
{
    public string Name => "broker-restart";

    public string Description => "the only broker killed, and started again after some seconds";

    public bool FaultsBrokers => true;

    public async Task<string> RunAsync(ScenarioContext context)
    {
        const int Times = 2;
        await using var arena = await Arena.CreateAsync(context);
        arena.Generate();
        var silo = await arena.RecoverAsync();
        for (var time = 0; time < Times; time++)
        {
            await Task.Delay(context.Moment(500, 3000));
            await context.Broker!.KillAsync();
            await Task.Delay(context.Moment(1000, 8000));
            // What had been read before is committed by now: rows that come next come from the broker.
            var (rows, since) = (arena.Watch.AllRows, TimeProvider.System.GetTimestamp());
            await context.Broker.StartAsync();
            await arena.RecoveredAsync(rows, since, silo);
        }

        await arena.SettleAsync(silo);
        return $"{Times} times, {arena.Watch.AllRows:#,##0} rows; recovery counts from the broker's launch";
    }
}
