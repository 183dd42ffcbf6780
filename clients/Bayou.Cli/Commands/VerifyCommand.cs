using System.CommandLine;
using Bayou.Console;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou verify</c>: Check the ledger.</summary>
internal static class VerifyCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var command = new Command("verify", "Check the ledger.");
        command.SetAction((ParseResult _) => Task.FromException<int>(new CommandFailedException("'verify' is not part of this build")));
        _ = context;
        tree.Add(command, ["bayou verify"]);
    }
}
