using System.CommandLine;
using Bayou.Console;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou load</c>: Produce events.</summary>
internal static class LoadCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var command = new Command("load", "Produce events.");
        command.SetAction((ParseResult _) => Task.FromException<int>(new CommandFailedException("'load' is not part of this build")));
        _ = context;
        tree.Add(command, ["bayou load"]);
    }
}
