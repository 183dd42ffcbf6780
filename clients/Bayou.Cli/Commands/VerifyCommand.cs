using System.CommandLine;
using Bayou.Console;
using Bayou.Silos;
using Bayou.Sources;
using Bayou.Verification;
using Bayou.Verification.Reading;
using Bayou.Verification.Reports;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou verify</c>: the offset ledger, from the destinations and the topic. Exit code 0 fine, 1 lost, doubled or wrong records, 3 cannot be told.</summary>
internal static class VerifyCommand
{
    public static void AddTo(CommandTree tree, CliContext context)
    {
        var file = new Argument<string>("file") { HelpName = "FILE", Description = "The pipeline file." };
        var state = new Option<string?>("--state")
        {
            HelpName = "DIR", Description = $"State directory of the pipeline: earlier versions of its rules, and its starts. Default: ./{RunningSilos.FolderName}/PIPELINE, where there is one.",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON document." };
        var command = new Command(
            "verify", "Check from the tables and the topic that every record has exactly one outcome; the pipeline may be running. Exit code 0: fine; 1: records lost, doubled or wrong; 3: cannot be told.") { file, state, json };
        command.SetAction((parsed, cancellation) => RunAsync(context, parsed.GetRequiredValue(file), parsed.GetValue(state), parsed.GetValue(json), cancellation));
        tree.Add(command, ["bayou verify shop.yaml", "bayou verify shop.yaml --state /var/lib/bayou/shop", "bayou verify shop.yaml --json | jq .problems"]);
    }

    private static async Task<int> RunAsync(CliContext context, string file, string? state, bool json, CancellationToken cancellation)
    {
        var terminal = context.Terminal;
        var definition = context.Pipelines.Load(terminal.FullPath(file));
        var folder = terminal.FullPath(state ?? Path.Combine(RunningSilos.FolderName, definition.Name));
        if (state is not null && !Directory.Exists(folder)) throw new CommandFailedException($"there is no state directory {folder}");

        var progress = new VerifyProgress(terminal, context.Time);
        try
        {
            var stored = Directory.Exists(folder) ? new StoredState(Path.Combine(folder, "grains"), definition.Name) : null;
            var report = await new PipelineVerifier(context.Connectors.Sources, progress.Show).RunAsync(definition, stored, cancellation);
            progress.Clear();
            if (json) terminal.Out.WriteLine(ReportJson.Write(report));
            else ReportText.Write(terminal.Out, report, Terminal.Safe);
            return report.Problems.Count > 0 ? ExitCode.Failed : report.Undecided.Count > 0 ? ExitCode.Undecided : ExitCode.Done;
        }
        catch (Exception failure) when (failure is SourceException or InvalidDataException)
        {
            progress.Clear();
            terminal.Error.WriteLine($"bayou: nothing can be told: {Terminal.Safe(failure.Message)}");
            return ExitCode.Undecided;
        }
    }
}
