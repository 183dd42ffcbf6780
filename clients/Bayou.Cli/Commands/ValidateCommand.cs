using System.CommandLine;
using System.Text.Json.Nodes;
using Bayou.Console;
using Bayou.Definitions;
using Bayou.PipelineFile;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou validate</c>: checks a pipeline file without touching Kafka or the tables.</summary>
internal static class ValidateCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var file = new Argument<string>("file") { HelpName = "FILE", Description = "The pipeline file." };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON, problems included." };
        var command = new Command("validate", "Check a pipeline file: every problem, with its line.") { file, json };
        command.Aliases.Add("check");
        command.SetAction(parsed => Run(context, context.Terminal.FullPath(parsed.GetRequiredValue(file)), parsed.GetValue(json)));
        tree.Add(command, ["bayou validate shop.yaml", "bayou validate shop.yaml --json"]);
    }

    private static int Run(CliContext context, string file, bool json)
    {
        try
        {
            var definition = context.Pipelines.Load(file);
            if (json)
                context.Terminal.Out.WriteLine(new JsonObject { ["valid"] = true, ["pipeline"] = definition.Name, ["tables"] = definition.Tables.Length, ["problems"] = new JsonArray() }.ToJsonString());
            else
                Describe(context.Terminal.Out, definition);
            return ExitCode.Done;
        }
        catch (CommandFailedException failure) when (json && failure.InnerException is PipelineFileException error)
        {
            var problems = error.Problems.Select(problem => (JsonNode)new JsonObject { ["line"] = problem.Line, ["column"] = problem.Column, ["message"] = problem.Message });
            context.Terminal.Out.WriteLine(new JsonObject { ["valid"] = false, ["problems"] = new JsonArray([.. problems]) }.ToJsonString());
            return ExitCode.Failed;
        }
    }

    private static void Describe(TextWriter output, PipelineDefinition pipeline)
    {
        output.WriteLine($"pipeline {pipeline.Name} is valid: {string.Join(", ", pipeline.Source.Topics)} by {string.Join('.', pipeline.Route.Field)}, what matches nothing: {pipeline.Route.Unmatched}");
        foreach (var table in pipeline.Tables)
            output.WriteLine($"  {table.Name,-24} {table.Columns.Length,3} columns  {table.Sink.Kind}  takes {(table.Match.Length == 0 ? "what is left" : string.Join(", ", table.Match))}");
    }
}
