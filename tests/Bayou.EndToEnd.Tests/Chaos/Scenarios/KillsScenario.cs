using Bayou.EndToEnd.Tests.Support;

namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>The silo is killed again and again, while it starts or while it commits.</summary>
internal sealed class KillsScenario : IScenario
{
    public string Name => "kills";

    public string Description => "SIGKILL of the silo at random moments";

    public async Task<string> RunAsync(ScenarioContext context)
    {
        await using var arena = await Arena.CreateAsync(context);
        arena.Generate();
        for (var kill = 0; kill < context.Kills; kill++) await KillAsync(context, arena);
        await arena.SettleAsync(await arena.RecoverAsync());
        return $"{context.Kills} kills, {arena.Watch.AllRows:#,##0} rows in {arena.Watch.Commits:#,##0} commits";
    }

    /// <summary>Launches a silo and kills it: one time in four while it starts, else some commits after its first rows.</summary>
    internal static async Task KillAsync(ScenarioContext context, Arena arena)
    {
        BayouProcess silo;
        if (context.Random.Next(4) == 0)
        {
            silo = arena.Launch();
        }
        else
        {
            silo = await arena.RecoverAsync();
            var commits = arena.Watch.Commits + context.Random.Next(30);
            await arena.UntilAsync($"there are {commits} commits", silo, () => arena.Watch.Commits >= commits);
        }

        // Not a wait for anything: the moment of the crash.
        await Task.Delay(context.Moment(0, 1000));
        await silo.KillAsync();
    }
}
