using System.CommandLine;
using Bayou.Console;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou quarantine</c>: Show what was quarantined.</summary>
internal static class QuarantineCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var command = new Command("quarantine", "Show what was quarantined.");
        command.SetAction((ParseResult _) => Task.FromException<int>(new CommandFailedException("'quarantine' is not part of this build")));
        _ = context;
        tree.Add(command, ["bayou quarantine"]);
    }
}
