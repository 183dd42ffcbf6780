using Bayou.EndToEnd.Tests.Support;

namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>One of ten tables fails every commit for a minute, under load and with kills: the others keep their pace, and it catches up by itself.</summary>
internal sealed class FrozenTableScenario : IScenario
{
    private const string Table = "payment";
    private const double LeastRatio = 0.8;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    public string Name => "frozen-table";

    public string Description => "one of ten tables fails every commit for a minute under load, with kills";

    public async Task<string> RunAsync(ScenarioContext context)
    {
        await using var arena = await Arena.CreateAsync(context);
        var folder = Path.Combine(arena.Lake, Table);
        arena.Generate(rate: 5_000);
        var silo = await arena.RecoverAsync();
        await arena.UntilAsync("the table has rows", silo, () => arena.Watch.Rows(Table) > 0);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var before = await arena.PaceAsync(Table, Window);

        var frozen = TimeProvider.System.GetTimestamp();
        Mounts.Freeze(folder);
        var held = arena.Watch.Rows(Table);
        await arena.UntilAsync("it says what it cannot do", silo, () => silo.Error.Contains($"Table {Table}: attempt 1 failed"));
        var during = await arena.PaceAsync(Table, Window);
        for (var kill = 0; kill < 2; kill++)
        {
            await Task.Delay(context.Moment(0, 4000));
            await silo.KillAsync();
            silo = await arena.RecoverAsync();
        }

        var left = TimeSpan.FromMinutes(1) - TimeProvider.System.GetElapsedTime(frozen);
        if (left > TimeSpan.Zero) await Task.Delay(left);
        Assert.Equal(held, arena.Watch.Rows(Table));

        var since = TimeProvider.System.GetTimestamp();
        Mounts.Thaw(folder);
        await Task.Delay(context.Moment(0, 3000));
        await silo.KillAsync();
        silo = await arena.RecoverAsync();
        await Deadline.UntilAsync(() => $"the table is live again; bayou wrote: {silo.Error}", () => IsLiveAsync(arena));
        var live = TimeProvider.System.GetElapsedTime(since);
        await arena.SettleAsync(silo);

        Assert.True(during / before >= LeastRatio, $"the other nine had {before:#,##0} rows/s before and {during:#,##0} meanwhile");
        return $"pace of the other nine {during / before:0.00} of before ({during:#,##0} and {before:#,##0} rows/s); live again {live.TotalSeconds:0.0} s after the fault (a kill between); {MemoryLimit.Check(arena)}";
    }

    private static async Task<bool> IsLiveAsync(Arena arena)
    {
        var table = await arena.TableAsync(Table);
        return table.GetProperty("state").GetString() == "live";
    }
}
