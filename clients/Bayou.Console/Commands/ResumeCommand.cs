using System.CommandLine;
using Bayou.Console.Connections;

namespace Bayou.Console.Commands;

/// <summary><c>bayou resume</c>: stores that it runs again.</summary>
internal static class ResumeCommand
{
    public static void AddTo(CommandTree tree, Terminal terminal, ISiloConnector silos)
    {
        var target = ClientCommands.TargetArgument();
        var state = ClientCommands.State();
        var command = new Command("resume", "Resume what was paused; it catches up from where it stopped.") { target, state };
        command.SetAction((parsed, cancellation) => RunAsync(terminal, silos, parsed.GetRequiredValue(target), parsed.GetValue(state), cancellation));
        tree.Add(command, ["bayou resume orders", "bayou resume shop/orders", "bayou resume shop --state ./.bayou/shop"]);
    }

    private static async Task<int> RunAsync(Terminal terminal, ISiloConnector silos, string name, string? state, CancellationToken cancellation)
    {
        await using var silo = await silos.ConnectAsync(SiloChoice.Choose(terminal.WorkingDirectory, state, name.Split('/')[0]), cancellation);
        var target = await Target.FindAsync(silo, name);
        await silo.Pipeline(target.Pipeline).ResumeAsync(target.Table);
        terminal.Out.WriteLine($"{target} is resumed");
        return ExitCode.Done;
    }
}
