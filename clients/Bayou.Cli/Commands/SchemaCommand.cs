using System.CommandLine;
using Bayou.Console;
using Bayou.PipelineFile;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou schema</c>: the JSON schema of pipeline files, for editors.</summary>
internal static class SchemaCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var command = new Command("schema", "Print the JSON schema of pipeline files, for completion in editors.");
        command.SetAction((ParseResult _) =>
        {
            context.Terminal.Out.Write(PipelineFileSchema.Generate(context.Connectors.Sinks, context.Connectors.Sources));
            return ExitCode.Done;
        });
        tree.Add(command, ["bayou schema > pipeline.schema.json"]);
    }
}
