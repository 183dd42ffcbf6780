using System.CommandLine;
using System.Text.Json.Nodes;
using Bayou.Cli.Sampling;
using Bayou.Console;
using Bayou.Definitions;
using Bayou.PipelineFile;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou validate</c>: checks a pipeline file and, where asked to, shows what would become of real records. It writes nothing.</summary>
internal static class ValidateCommand
{
    private const int MostRecords = 10_000;

    public static void AddTo(CommandTree tree, CliContext context)
    {
        var file = new Argument<string>("file") { HelpName = "FILE", Description = "The pipeline file." };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON, problems included." };
        var sample = NumberOption.Create("--sample", 0, 1, MostRecords, "Read up to N records, spread over the partitions, and show the rows that they would become.");
        var from = new Option<string>("--from") { HelpName = "earliest|latest", DefaultValueFactory = _ => Sample.Earliest, Description = "Which records to sample: the first of each partition, or the last." };
        from.AcceptOnlyFromAmong(Sample.Earliest, Sample.Latest);
        var command = new Command("validate", "Check a pipeline file: every problem, with its line. With --sample, try it on records of its topics.") { file, sample, from, json };
        command.Aliases.Add("check");
        command.SetAction((parsed, stopping) => RunAsync(
            context, context.Terminal.FullPath(parsed.GetRequiredValue(file)), parsed.GetValue(sample), parsed.GetValue(from)!, parsed.GetValue(json), stopping));
        tree.Add(command, ["bayou validate shop.yaml", "bayou validate shop.yaml --json", "bayou validate shop.yaml --sample 20", "bayou validate shop.yaml --sample 100 --from latest --json"]);
    }

    private static async Task<int> RunAsync(CliContext context, string file, int count, string from, bool json, CancellationToken stopping)
    {
        PipelineDefinition definition;
        try
        {
            definition = context.Pipelines.Load(file);
        }
        catch (CommandFailedException failure) when (json && failure.InnerException is PipelineFileException error)
        {
            var problems = error.Problems.Select(problem => (JsonNode)new JsonObject { ["line"] = problem.Line, ["column"] = problem.Column, ["message"] = problem.Message });
            context.Terminal.Out.WriteLine(new JsonObject { ["valid"] = false, ["problems"] = new JsonArray([.. problems]) }.ToJsonString());
            return ExitCode.Failed;
        }

        if (!json)
            Describe(context.Terminal.Out, definition);
        var sample = count == 0 ? null : await Sample.TakeAsync(context.Connectors.Sources.Single(source => source.Kind == definition.Source.Kind), definition, count, from, stopping);
        if (json)
            context.Terminal.Out.WriteLine(Json(definition, sample).ToJsonString());
        else if (sample is not null)
            SampleText.Write(context.Terminal.Out, sample);
        return ExitCode.Done;
    }

    private static JsonObject Json(PipelineDefinition definition, Sample? sample)
    {
        var result = new JsonObject { ["valid"] = true, ["pipeline"] = definition.Name, ["tables"] = definition.Tables.Length, ["problems"] = new JsonArray() };
        if (sample is not null)
            result["sample"] = SampleJson.Create(sample);
        return result;
    }

    private static void Describe(TextWriter output, PipelineDefinition pipeline)
    {
        output.WriteLine($"pipeline {pipeline.Name} is valid: {string.Join(", ", pipeline.Source.Topics)} by {string.Join('.', pipeline.Route.Field)}, what matches nothing: {pipeline.Route.Unmatched}");
        foreach (var table in pipeline.Tables)
            output.WriteLine($"  {table.Name,-24} {table.Columns.Length,3} columns  {table.Sink.Kind}  takes {(table.Match.Length == 0 ? "what is left" : string.Join(", ", table.Match))}");
    }
}
