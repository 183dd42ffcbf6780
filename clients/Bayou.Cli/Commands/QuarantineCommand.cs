using System.CommandLine;
using Bayou.Cli.Quarantine;
using Bayou.Console;
using Bayou.Console.Rendering;

namespace Bayou.Cli.Commands;

/// <summary><c>bayou quarantine</c>: what could not become a row, by reason, and the records themselves.</summary>
internal static class QuarantineCommand
{
    private const int ShownBytes = 2000;
    private const int ShownPartitions = 3;

    public static void AddTo(CommandTree tree, CliContext context)
    {
        var file = new Argument<string>("file") { HelpName = "FILE", Description = "The pipeline file." };
        var reason = new Option<string?>("--reason") { Description = "Only reasons that contain this text." };
        var at = new Option<string?>("--at") { HelpName = "PARTITION[:FIRST[-LAST]]", Description = "Only this partition, or these offsets of it." };
        var limit = NumberOption.Create("--limit", 20, 1, int.MaxValue, "Most records to show.");

        var all = new Option<bool>("--all") { Description = $"Every partition of a reason, not only the {ShownPartitions} with most records." };

        var parent = tree.Add(new Command("quarantine", "Show records that could not become rows."), ["bayou quarantine list shop.yaml", "bayou quarantine show shop.yaml --at 3:1042"]);
        var list = new Command("list", "Count the records by reason and table, with their offsets.") { file, reason, at, all };
        list.SetAction(parsed => QuarantineSummary.Write(context.Terminal.Out, Rows(context, parsed.GetRequiredValue(file), parsed.GetValue(reason), parsed.GetValue(at), payloads: false), parsed.GetValue(all) ? int.MaxValue : ShownPartitions));
        tree.Add(list, ["bayou quarantine list shop.yaml", "bayou quarantine list shop.yaml --reason missing --all"], parent);

        var show = new Command("show", "Print records whole, with control characters made visible.") { file, reason, at, limit };
        show.SetAction(parsed => Show(context, Rows(context, parsed.GetRequiredValue(file), parsed.GetValue(reason), parsed.GetValue(at), payloads: true), parsed.GetValue(limit)));
        tree.Add(show, ["bayou quarantine show shop.yaml", "bayou quarantine show shop.yaml --at 3:1042", "bayou quarantine show shop.yaml --at 3:1000-1999 --limit 100"], parent);
    }

    private static IEnumerable<QuarantineRow> Rows(CliContext context, string file, string? reason, string? at, bool payloads)
    {
        var filter = at is null ? null : OffsetFilter.Parse(at) ?? throw new UsageException($"--at takes PARTITION, PARTITION:OFFSET or PARTITION:FIRST-LAST, not '{at}'");
        return QuarantineReader.Read(context.Pipelines.Load(context.Terminal.FullPath(file)), payloads)
            .Where(row => filter?.Matches(row) ?? true)
            .Where(row => reason is null || row.Reason.Contains(reason, StringComparison.OrdinalIgnoreCase));
    }

    private static int Show(CliContext context, IEnumerable<QuarantineRow> rows, int limit)
    {
        var output = context.Terminal.Out;
        foreach (var row in rows.OrderBy(row => row.Topic, StringComparer.Ordinal).ThenBy(row => row.Partition).ThenBy(row => row.Offset).Take(limit))
        {
            output.WriteLine($"{Terminal.Safe(row.Topic)}/{row.Partition} offset {row.Offset}, {(row.Table is null ? "no table" : $"table {Terminal.Safe(row.Table)}")}: {Terminal.Safe(row.Reason)}");
            output.WriteLine($"  key   {Payload(row.Key)}");
            output.WriteLine($"  value {Payload(row.Value)}");
        }

        return ExitCode.Done;
    }

    private static string Payload(byte[]? bytes) => bytes is null ? "(none)" : TerminalText.Escape(bytes, ShownBytes);
}
