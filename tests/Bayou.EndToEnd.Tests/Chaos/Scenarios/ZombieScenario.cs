namespace Bayou.EndToEnd.Tests.Chaos.Scenarios;

/// <summary>A silo stands still for longer than every time limit; another one takes its tables over; the first goes on as if nothing had been.</summary>
internal sealed class ZombieScenario : IScenario
{
    // Calls of grains are given up after 30 s; brokers and leases wait for less.
    private static readonly TimeSpan StandsStill = TimeSpan.FromSeconds(40);

    public string Name => "zombie";

    public string Description => $"SIGSTOP for {StandsStill.TotalSeconds:0} s while another silo takes over, then SIGCONT";

    public async Task<string> RunAsync(ScenarioContext context)
    {
        await using var arena = await Arena.CreateAsync(context);
        arena.Generate();
        var zombie = await arena.RecoverAsync();
        await Task.Delay(context.Moment(0, 3000));

        zombie.Freeze();
        var stopped = TimeProvider.System.GetTimestamp();
        var heir = await arena.RecoverAsync("heir");
        var left = StandsStill - TimeProvider.System.GetElapsedTime(stopped);
        if (left > TimeSpan.Zero) await Task.Delay(left);
        zombie.Thaw();

        await arena.UntilAsync("the zombie says that it is fenced", zombie, () => Fencing.Says(zombie));
        zombie.Terminate();
        Assert.Equal(0, await zombie.ExitAsync());
        await arena.SettleAsync(heir, "heir");
        return $"fenced {Fencing.Count(zombie)} times, and the heir {Fencing.Count(heir)} times";
    }
}
