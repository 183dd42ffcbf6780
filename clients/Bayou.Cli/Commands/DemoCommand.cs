using System.CommandLine;
using Bayou.Console;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou demo</c>: Show it.</summary>
internal static class DemoCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var command = new Command("demo", "Show it.");
        command.SetAction((ParseResult _) => Task.FromException<int>(new CommandFailedException("'demo' is not part of this build")));
        _ = context;
        tree.Add(command, ["bayou demo"]);
    }
}
