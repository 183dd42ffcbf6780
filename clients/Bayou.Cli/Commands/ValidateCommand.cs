using System.CommandLine;
using Bayou.Console;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou validate</c>: Check a pipeline file.</summary>
internal static class ValidateCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var command = new Command("validate", "Check a pipeline file.");
        command.SetAction((ParseResult _) => Task.FromException<int>(new CommandFailedException("'validate' is not part of this build")));
        _ = context;
        tree.Add(command, ["bayou validate"]);
    }
}
