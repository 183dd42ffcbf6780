namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>The folder of one table cannot be written for a while, and the silo is killed meanwhile.</summary>
internal sealed class ReadOnlyScenario : IScenario
{
    private const string Table = "order";

    public string Name => "read-only";

    public string Description => "a table's folder made read-only and back, the silo killed meanwhile";

    public async Task<string> RunAsync(ScenarioContext context)
    {
        await using var arena = await Arena.CreateAsync(context);
        var folder = Path.Combine(arena.Lake, Table);
        arena.Generate();
        var silo = await arena.RecoverAsync();
        await arena.UntilAsync("the table has rows", silo, () => arena.Watch.Rows(Table) > 0);

        Mounts.Freeze(folder);
        await arena.UntilAsync("it says what it cannot do", silo, () => silo.Error.Contains($"Table {Table}: attempt 1 failed"));
        var (held, others) = (arena.Watch.Rows(Table), arena.Watch.RowsBut(Table));
        await arena.UntilAsync("the other tables go on", silo, () => arena.Watch.RowsBut(Table) > others);
        await silo.KillAsync();
        silo = await arena.RecoverAsync();
        await arena.UntilAsync("it says again what it cannot do", silo, () => silo.Error.Contains($"Table {Table}: attempt 1 failed"));
        Assert.Equal(held, arena.Watch.Rows(Table));

        var since = TimeProvider.System.GetTimestamp();
        Mounts.Thaw(folder);
        await arena.UntilAsync("the table goes on", silo, () => arena.Watch.Rows(Table) > held);
        context.Recoveries.Add(TimeProvider.System.GetElapsedTime(since));
        await arena.SettleAsync(silo);
        return $"{arena.Watch.Rows(Table):#,##0} rows in it; the last recovery counts from when it could be written again";
    }
}
