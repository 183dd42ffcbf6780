using System.CommandLine;
using Bayou.Console.Connections;

namespace Bayou.Console.Commands;

/// <summary><c>bayou pause</c>: stores the pause, which survives a restart.</summary>
internal static class PauseCommand
{
    public static void AddTo(CommandTree tree, Terminal terminal, ISiloConnector silos)
    {
        var target = ClientCommands.TargetArgument();
        var state = ClientCommands.State();
        var command = new Command("pause", "Pause a pipeline, or one table while the others run.") { target, state };
        command.SetAction((parsed, cancellation) => RunAsync(terminal, silos, parsed.GetRequiredValue(target), parsed.GetValue(state), cancellation));
        tree.Add(command, ["bayou pause orders", "bayou pause shop/orders", "bayou pause shop --state ./.bayou/shop"]);
    }

    private static async Task<int> RunAsync(Terminal terminal, ISiloConnector silos, string name, string? state, CancellationToken cancellation)
    {
        await using var silo = await silos.ConnectAsync(SiloChoice.Choose(terminal.WorkingDirectory, state, name.Split('/')[0]), cancellation);
        var target = await Target.FindAsync(silo, name);
        await silo.Pipeline(target.Pipeline).PauseAsync(target.Table);
        terminal.Out.WriteLine($"{target} is paused; this survives a restart");
        return ExitCode.Done;
    }
}
