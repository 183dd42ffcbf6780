namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>Fifty partitions and ten tables with logs of a thousand commits: how soon after a crash rows are committed again.</summary>
internal sealed class ResumeScenario : IScenario
{
    private const int Partitions = 50, Commits = 1_000, Times = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public string Name => "resume";

    public string Description => $"SIGKILL with {Partitions} partitions and ten tables of {Commits:#,##0} commits each; new rows within {Limit.TotalSeconds:0} s";

    public async Task<string> RunAsync(ScenarioContext context)
    {
        await using var arena = await Arena.CreateAsync(context, Partitions);
        arena.ChangeFile("    sink: ", "    commit: { every: 10ms }\n    sink: ");
        arena.Generate();
        var silo = arena.Launch();
        await Support.Deadline.UntilAsync(
            () => $"the tables have {Commits} commits each ({arena.Watch.FewestCommits} at least now); bayou wrote: {silo.Error}", () => Task.FromResult(arena.Watch.FewestCommits > Commits), TimeSpan.FromMinutes(8));
        arena.ChangeFile("    commit: { every: 10ms }\n", "");
        for (var time = 0; time < Times; time++)
        {
            await silo.KillAsync();
            silo = await arena.RecoverAsync();
        }

        await arena.SettleAsync(silo);
        Assert.True(context.Recoveries.Max() <= Limit, $"the longest of {Times} recoveries took {context.Recoveries.Max().TotalSeconds:0.0} s; the limit is {Limit.TotalSeconds:0} s");
        return $"{arena.Watch.Commits:#,##0} commits in the logs, {arena.Watch.AllRows:#,##0} rows; limit {Limit.TotalSeconds:0} s";
    }
}
