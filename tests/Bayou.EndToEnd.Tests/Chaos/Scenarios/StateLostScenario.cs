namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>The silo is killed and its state directory deleted, several times: the cursors in the tables have to suffice.</summary>
internal sealed class StateLostScenario : IScenario
{
    public string Name => "state-lost";

    public string Description => "SIGKILL, and the state directory deleted, each time";

    public async Task<string> RunAsync(ScenarioContext context)
    {
        var kills = Math.Min(context.Kills, 5);
        await using var arena = await Arena.CreateAsync(context);
        arena.Generate();
        for (var kill = 0; kill < kills; kill++)
        {
            await KillsScenario.KillAsync(context, arena);
            if (Directory.Exists(arena.State("state"))) Directory.Delete(arena.State("state"), recursive: true);
        }

        await arena.SettleAsync(await arena.RecoverAsync());
        return $"{kills} kills, {arena.Watch.AllRows:#,##0} rows";
    }
}
