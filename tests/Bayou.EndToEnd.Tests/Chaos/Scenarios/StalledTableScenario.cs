namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>The storage of one table does not fail but gives no answer, as a network file system may, and the silo has a single thread for storage.</summary>
internal sealed class StalledTableScenario : IScenario
{
    private const string Table = "payment";
    private const double LeastRatio = 0.8;
    private const long DiskBytes = 128L << 20;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);

    public string Name => "stalled-table";

    public string Description => "writing to one of ten tables blocks for half a minute, the silo having one thread for storage";

    public async Task<string> RunAsync(ScenarioContext context)
    {
        await using var arena = await Arena.CreateAsync(context);
        var folder = Path.Combine(arena.Lake, Table);
        Directory.CreateDirectory(folder);
        Mounts.Own(folder, Path.Combine(arena.Folder, "disk.img"), DiskBytes);
        arena.Generate(rate: 4_000);
        var silo = await arena.RecoverAsync(environment: ("Bayou__WorkThreads", "1"));
        await arena.UntilAsync("the table has rows", silo, () => arena.Watch.Rows(Table) > 0);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var before = await arena.PaceAsync(Table, Window);

        Mounts.Stall(folder);
        var held = arena.Watch.Rows(Table);
        // The other tables wait once for as long as it takes to be sure, and that counts.
        var during = await arena.PaceAsync(Table, Window * 2);
        Assert.Equal(held, arena.Watch.Rows(Table));

        var since = TimeProvider.System.GetTimestamp();
        Mounts.Resume(folder);
        await arena.UntilAsync("the table goes on", silo, () => arena.Watch.Rows(Table) > held);
        context.Recoveries.Add(TimeProvider.System.GetElapsedTime(since));
        await arena.SettleAsync(silo);
        Assert.True(during / before >= LeastRatio, $"the other nine had {before:#,##0} rows/s before and {during:#,##0} meanwhile");
        return $"pace of the other nine {during / before:0.00} of before ({during:#,##0} and {before:#,##0} rows/s)";
    }
}
