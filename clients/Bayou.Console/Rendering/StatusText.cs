using Bayou.Status;

namespace Bayou.Console.Rendering;

/// <summary>Status as plain lines: one for the pipeline, one for each table. No control characters, whatever the names and reasons hold.</summary>
public static class StatusText
{
    /// <summary>Writes all pipelines.</summary>
    public static void Write(TextWriter output, IEnumerable<PipelineStatus> pipelines)
    {
        foreach (var pipeline in pipelines)
            Write(output, pipeline);
    }

    /// <summary>One line for the whole pipeline: rows, rate, state, and the lag of whatever is furthest back, be it reading or a table that is in trouble.</summary>
    public static string Summary(PipelineStatus pipeline)
    {
        return $"{Terminal.Safe(pipeline.Name)}: {Word(pipeline.State)}, version {pipeline.DefinitionVersion}, {pipeline.Partitions.Length} partitions, "
            + $"{Count(pipeline.Tables.Sum(table => table.Rows))} rows, {Rate(pipeline.Tables.Sum(table => table.RowsPerSecond))} rows/s, lag {Count(Lag(pipeline))}"
            + Because(pipeline.Reason);
    }

    private static long Lag(PipelineStatus pipeline)
    {
        var reading = pipeline.Partitions.Where(partition => partition.Lag >= 0).Select(partition => partition.Lag).DefaultIfEmpty(-1).Sum();
        return pipeline.Tables.Select(table => TableLag.Of(table, pipeline)).Append(reading).Max();
    }

    internal static string Count(long number) => number < 0 ? "-" : number.ToString("#,##0");

    internal static string Rate(double number) => number.ToString("#,##0");

    internal static string Word(Enum state) => state.ToString().ToLowerInvariant();

    internal static string Quarantined(TableStatus table) => table.Quarantined.Count == 0
        ? ""
        : string.Join(", ", table.Quarantined.OrderBy(reason => reason.Key, StringComparer.Ordinal).Select(reason => $"{Count(reason.Value)} {Terminal.Safe(reason.Key)}"));

    private static void Write(TextWriter output, PipelineStatus pipeline)
    {
        output.WriteLine(Summary(pipeline));
        foreach (var table in pipeline.Tables)
        {
            var quarantined = Quarantined(table);
            output.WriteLine(
                $"  {Terminal.Safe(table.Name),-24} {Word(table.State),-8} {Count(table.Rows),15} rows {Rate(table.RowsPerSecond),11} rows/s  lag {Count(TableLag.Of(table, pipeline))}"
                + (quarantined.Length == 0 ? "" : $"  quarantined {quarantined}") + Compaction(table.Compaction) + Because(table.Reason));
        }

        foreach (var alike in pipeline.Partitions.Where(partition => partition.Reason is not null || partition.Lost.Length > 0).GroupBy(Describe))
        {
            var first = Terminal.Safe(alike.First().Partition.ToString());
            output.WriteLine($"  partition {first}{(alike.Count() == 1 ? "" : $" and {alike.Count() - 1} more")} {alike.Key}");
        }
    }

    // Silent while all is well: numbers are in the JSON.
    private static string Compaction(CompactionStatus? compaction) =>
        compaction?.LastFailure is { } failure ? $"  compaction failed {Count(compaction.Failures)} times ({Terminal.Safe(failure)})" : "";

    private static string Describe(PartitionStatus partition) =>
        Word(partition.State) + (partition.Lost.Length == 0 ? "" : $", lost in the source: {string.Join(", ", partition.Lost)}") + Because(partition.Reason);

    private static string Because(string? reason) => reason is null ? "" : $" ({Terminal.Safe(reason)})";
}
