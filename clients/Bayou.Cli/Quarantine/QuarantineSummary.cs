using Bayou.Console;

namespace Bayou.Cli.Quarantine;

/// <summary>Records of the quarantine counted by table and reason, most frequent first.</summary>
internal static class QuarantineSummary
{
    /// <summary>Writes it. Of the partitions of a reason, those with most records are named, <paramref name="partitions"/> at most; the others are counted.</summary>
    public static int Write(TextWriter output, IEnumerable<QuarantineRow> rows, int partitions)
    {
        var reasons = rows.GroupBy(row => (row.Table, row.Reason, row.Topic, row.Partition)).Select(Part.Of)
            .GroupBy(part => (part.Table, part.Reason))
            .OrderByDescending(reason => reason.Sum(part => part.Count)).ThenBy(reason => reason.Key).ToArray();
        output.WriteLine($"{reasons.Sum(reason => reason.Sum(part => part.Count)):#,##0} records in quarantine");
        foreach (var reason in reasons)
        {
            var (table, text) = reason.Key;
            output.WriteLine($"{reason.Sum(part => part.Count),10:#,##0}  {(table is null ? "no table" : Terminal.Safe(table))}: {Terminal.Safe(text)}");
            var parts = reason.OrderByDescending(part => part.Count).ThenBy(part => part.Topic, StringComparer.Ordinal).ThenBy(part => part.Partition).ToArray();
            foreach (var part in parts.Take(partitions))
                output.WriteLine($"              {Terminal.Safe(part.Topic)}/{part.Partition}: {part.Count:#,##0} at {part.First}{(part.Last == part.First ? "" : $" to {part.Last}")}");
            if (parts.Length > partitions)
                output.WriteLine($"              and {parts[partitions..].Sum(part => part.Count):#,##0} in {parts.Length - partitions} more partitions (--all names them)");
        }

        return ExitCode.Done;
    }

    private sealed record Part(string? Table, string Reason, string Topic, int Partition, long Count, long First, long Last)
    {
        public static Part Of(IGrouping<(string? Table, string Reason, string Topic, int Partition), QuarantineRow> rows)
        {
            var (count, first, last) = (0L, long.MaxValue, long.MinValue);
            foreach (var row in rows) (count, first, last) = (count + 1, Math.Min(first, row.Offset), Math.Max(last, row.Offset));
            return new(rows.Key.Table, rows.Key.Reason, rows.Key.Topic, rows.Key.Partition, count, first, last);
        }
    }
}
