namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>Two silos that know nothing of each other write the same tables from the same topic at the same time.</summary>
internal sealed class TwoSilosScenario : IScenario
{
    public string Name => "two-silos";

    public string Description => "two silos on the same tables, each with a state directory of its own";

    public async Task<string> RunAsync(ScenarioContext context)
    {
        await using var arena = await Arena.CreateAsync(context);
        arena.Generate();
        var first = await arena.RecoverAsync("first");
        var second = arena.Launch("second");
        await arena.UntilAsync("one of them says that it is fenced", second, () => Fencing.Says(first) || Fencing.Says(second));
        // Both go on meanwhile, each taking the tables from the other.
        await Task.Delay(context.IsShort ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(15));
        Assert.False(first.HasExited, $"the first silo ended by itself: {first.Out}{first.Error}");

        var (stays, goes, state) = context.Random.Next(2) == 0 ? (first, second, "first") : (second, first, "second");
        await goes.KillAsync();
        await arena.SettleAsync(stays, state);
        return $"fenced {Fencing.Count(first)} and {Fencing.Count(second)} times; the {state} went on alone";
    }
}
