using System.CommandLine;
using Bayou.Console;
using Bayou.Silos;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou silo</c>: a silo that waits for <c>bayou start</c> and revives what ran before.</summary>
internal static class SiloCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var defaultState = Path.Combine(".", RunningSilos.FolderName, "silo");
        var command = new Command("silo", "Run a silo without a pipeline of its own; pipelines that ran on its state directory go on.");
        var options = new SiloOptions(command, defaultState);
        command.SetAction((parsed, stopping) => RunAsync(context, options, parsed, defaultState, stopping));
        tree.Add(command, ["bayou silo", "bayou silo --state /var/lib/bayou --log information"]);
    }

    private static async Task<int> RunAsync(CliContext context, SiloOptions options, ParseResult parsed, string defaultState, CancellationToken stopping)
    {
        await using var silo = options.Create(context, parsed, defaultState, []);
        await silo.StartAsync(stopping);
        context.Terminal.Error.WriteLine($"silo {silo.Record.Pid} runs on {silo.StatePath}, gateway port {silo.Record.GatewayPort}; to start a pipeline: bayou start FILE");
        await silo.WaitForStopRequestAsync(stopping);
        context.Terminal.Error.WriteLine("draining: committing what was accepted (interrupt again to stop at once)...");
        await silo.StopAsync();
        return ExitCode.Done;
    }
}
