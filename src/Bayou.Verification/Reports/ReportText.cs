namespace Bayou.Verification.Reports;

/// <summary>The report as plain text: a line for each table and partition, then what is not as it should be.</summary>
public static class ReportText
{
    private static readonly string[] Numbers = ["rows", "quarantined", "pending", "lost", "doubled", "wrong", "undecided"];

    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="report">The report.</param>
    /// <param name="safe">Makes text that was read harmless for a terminal.</param>
    public static void Write(TextWriter output, VerificationReport report, Func<string, string> safe)
    {
        output.WriteLine($"{safe(report.Pipeline)}: version {report.Version}, {Number(report.Records)} records in {report.Partitions.Count} partitions, {Number(report.Filtered)} filtered by rule");
        output.WriteLine();
        WriteTable(output, ["table", .. Numbers], report.Tables.Select(table => (string[])[safe(table.Name) + (table.Checked ? "" : " (not checked)"), .. Of(table.Counts)]));
        output.WriteLine();
        WriteTable(output, ["partition", "records", "filtered", .. Numbers], report.Partitions.Select(partition =>
            (string[])[safe($"{partition.Topic}/{partition.Partition}") + (partition.Generation > 1 ? $"@{partition.Generation}" : ""), Number(partition.Records), Number(partition.Filtered), .. Of(partition.Counts)]));
        output.WriteLine();
        foreach (var note in report.Notes) output.WriteLine($"note: {safe(note)}");
        foreach (var loss in report.AcceptedLosses)
            output.WriteLine($"lost in the source, accepted by the operator: {safe($"{loss.Topic}/{loss.Partition}")} [{loss.First}, {loss.Next})");
        foreach (var finding in report.Problems.Concat(report.Undecided)) Write(output, finding, safe);
        output.WriteLine(Summary(report));
    }

    private static void Write(TextWriter output, FindingReport finding, Func<string, string> safe)
    {
        output.WriteLine($"{finding.Finding}{(finding.Count > 0 ? $" {Number(finding.Count)}" : "")}{(finding.Table is null ? "" : $" in {safe(finding.Table)}")}: {safe(finding.Meaning)}");
        if (finding.Examples.Count > 0) output.WriteLine($"  {safe(string.Join("  ", finding.Examples))}");
    }

    private static string Summary(VerificationReport report)
    {
        var all = LedgerCounts.Sum(report.Tables.Select(table => table.Counts));
        var counts = $"lost {Number(all.Lost)}, doubled {Number(all.Doubled)}, wrong {Number(all.Wrong)}, pending {Number(all.Pending)}";
        return report.Verdict switch
        {
            "fine" => $"fine: {counts}",
            "problems" => $"NOT FINE: {counts}",
            _ => $"cannot be told for all: {counts}",
        };
    }

    private static void WriteTable(TextWriter output, string[] head, IEnumerable<string[]> body)
    {
        string[][] lines = [head, .. body];
        int[] widths = [.. head.Select((_, column) => lines.Max(line => line[column].Length))];
        foreach (var line in lines)
            output.WriteLine(string.Join("  ", line.Select((cell, column) => column == 0 ? cell.PadRight(widths[0]) : cell.PadLeft(widths[column]))).TrimEnd());
    }

    private static string[] Of(LedgerCounts counts) =>
        [.. ((long[])[counts.Rows, counts.Quarantined, counts.Pending, counts.Lost, counts.Doubled, counts.Wrong, counts.Undecided]).Select(Number)];

    private static string Number(long number) => number.ToString("#,##0");
}
