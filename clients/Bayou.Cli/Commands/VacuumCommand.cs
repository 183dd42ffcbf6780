using System.CommandLine;
using Bayou.Console;
using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sinks.Delta;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou vacuum</c>: deletes data files that no version of a Delta table within retention needs. Exit code 1 when a table could not be vacuumed.</summary>
internal static class VacuumCommand
{
    private const string Quarantine = "quarantine";

    public static void AddTo(CommandTree tree, CliContext context)
    {
        var file = new Argument<string>("file") { HelpName = "FILE", Description = "The pipeline file." };
        var table = new Argument<string?>("table") { HelpName = "TABLE", Arity = ArgumentArity.ZeroOrOne, Description = "Only this table, or quarantine. Default: every Delta table of the file." };
        var retention = new Option<string?>("--retention") { HelpName = "AGE", Description = $"Age beyond which unused files go, such as 7d or 36h. Default: the table's {DeltaVacuum.RetentionProperty}, else 7d." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Delete nothing, only count." };
        var command = new Command("vacuum", "Delete data files that Delta tables no longer need; the pipeline may be running.") { file, table, retention, dryRun };
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(file), parsed.GetValue(table), Age(parsed.GetValue(retention)), parsed.GetValue(dryRun)));
        tree.Add(command, ["bayou vacuum shop.yaml --dry-run", "bayou vacuum shop.yaml", "bayou vacuum shop.yaml orders --retention 36h"]);
    }

    private static TimeSpan? Age(string? text)
    {
        if (text is null) return null;
        return DurationText.TryParse(text, out var age) ? age : throw new UsageException($"--retention is {text}; it is {DurationText.Allowed}");
    }

    private static int Run(CliContext context, string file, string? only, TimeSpan? retention, bool dryRun)
    {
        var terminal = context.Terminal;
        var pipeline = context.Pipelines.Load(terminal.FullPath(file));
        var sinks = pipeline.Tables.Select(table => (table.Name, table.Sink)).Append((Name: Quarantine, Sink: pipeline.Quarantine))
            .Where(item => only is null || item.Name == only).ToArray();
        if (sinks.Length == 0) throw new CommandFailedException($"pipeline {pipeline.Name} has no table {only}");
        var failed = false;
        foreach (var (name, sink) in sinks)
        {
            if (sink.Kind != "delta")
            {
                if (only is not null) throw new CommandFailedException($"{name} is written to '{sink.Kind}'; only Delta tables are vacuumed");
                continue;
            }

            failed |= !Vacuum(context, name, sink.Options[DeltaSinkOptions.PathName], retention, dryRun);
        }

        return failed ? ExitCode.Failed : ExitCode.Done;
    }

    private static bool Vacuum(CliContext context, string name, string path, TimeSpan? retention, bool dryRun)
    {
        var terminal = context.Terminal;
        if (!DeltaTableReader.Exists(path))
        {
            terminal.Out.WriteLine($"{name,-24} no table yet at {Terminal.Safe(path)}");
            return true;
        }

        try
        {
            var result = DeltaVacuum.Run(path, context.Time, retention, dryRun);
            terminal.Out.WriteLine(
                $"{name,-24} version {result.Version}: {result.Files} files ({result.Bytes} bytes) {(dryRun ? "would be deleted" : "deleted")}, {result.KeptFiles} unused ones kept for {DurationText.Format(result.Retention)}");
            return true;
        }
        catch (Exception failure) when (failure is SinkException or IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"bayou: {name}: {Terminal.Safe(failure.Message)}");
            return false;
        }
    }
}
