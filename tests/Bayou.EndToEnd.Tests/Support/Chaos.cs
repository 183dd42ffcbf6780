using Xunit.Abstractions;

namespace Bayou.EndToEnd.Tests.Support;

/// <summary>Random moments, from a seed that is printed and that BAYOU_SEED repeats.</summary>
internal sealed class Chaos
{
    private readonly Random _random;

    public Chaos(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("BAYOU_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"BAYOU_SEED={seed}");
        _random = new Random(seed);
    }

    /// <summary>Kills the process: while it starts, or after some more commits, at any moment between two.</summary>
    public async Task KillAsync(Workspace workspace, BayouProcess process)
    {
        var commits = workspace.Commits() + (_random.Next(4) == 0 ? 0 : _random.Next(1, 60));
        await Deadline.UntilAsync($"there are {commits} commits", () =>
        {
            Assert.False(process.HasExited, $"bayou ended by itself: {process.Out}{process.Error}");
            return workspace.Commits() >= commits;
        });
        // Not a wait for anything: the moment of the crash.
        await Task.Delay(_random.Next(300));
        await process.KillAsync();
    }
}
