using System.CommandLine;
using Bayou.Console;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou schema</c>: Print the JSON schema.</summary>
internal static class SchemaCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var command = new Command("schema", "Print the JSON schema.");
        command.SetAction((ParseResult _) => Task.FromException<int>(new CommandFailedException("'schema' is not part of this build")));
        _ = context;
        tree.Add(command, ["bayou schema"]);
    }
}
