using Bayou.Console;
using Bayou.Silos;

namespace Bayou.Cli.Tests;

public class SiloCommandTests
{
    [Fact]
    public async Task Silo_interrupted_drains_once_and_says_nothing_else()
    {
        using var cli = new CliRun();
        using var interrupt = new CancellationTokenSource();
        var state = Path.Combine(cli.Folder, "state");

        var silo = cli.RunAsync(interrupt.Token, "silo", "--state", state);
        while (StateDirectory.FindHolder(state) is null && !silo.IsCompleted)
            await Task.Delay(20);
        await interrupt.CancelAsync();

        Assert.Equal(ExitCode.Done, await silo);
        var lines = cli.Error.TrimEnd().Split(Environment.NewLine);
        Assert.StartsWith($"silo {Environment.ProcessId} runs on {state}, ", lines[0]);
        Assert.Equal(["draining: committing what was accepted (interrupt again to stop at once)..."], lines[1..]);
        Assert.Null(StateDirectory.FindHolder(state));
    }
}
