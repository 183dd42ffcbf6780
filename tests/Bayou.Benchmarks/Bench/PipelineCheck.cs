using Bayou.Benchmarks.Bench.Places;
using Bayou.Benchmarks.Pipelines;
using Bayou.Sinks.Delta;
using Bayou.Verification;
using Bayou.Verification.Reading;
using Bayou.Verification.Reports;

namespace Bayou.Benchmarks.Bench;

/// <summary>Reads the tables of a run back: a fast wrong run is a failure.</summary>
internal static class PipelineCheck
{
    /// <summary>Checks the ledger, as <c>bayou verify</c> does: every offset has its row in its table, once.</summary>
    /// <exception cref="InvalidOperationException">It does not add up.</exception>
    public static async Task LedgerAsync(PipelinePlace place, long events, CancellationToken cancellationToken)
    {
        var definition = PipelineFiles.Load(place.File);
        var report = await new PipelineVerifier(PipelineFiles.Sources, _ => { }).RunAsync(definition, new StoredState(Path.Combine(place.State, "grains"), definition.Name), cancellationToken);
        var all = LedgerCounts.Sum(report.Tables.Select(table => table.Counts));
        if (report.Verdict != "fine" || report.Records != events || all.Rows != events)
        {
            throw new InvalidOperationException(
                $"The tables are wrong ({report.Verdict}): {all.Rows} rows and {all.Quarantined} in quarantine of {report.Records} records, {events} expected; lost {all.Lost}, doubled {all.Doubled}, "
                + $"pending {all.Pending}, in a wrong table {all.Wrong}. {string.Join(" ", report.Undecided.Concat(report.Problems).Take(3).Select(finding => finding.ToString()))} The run does not count.");
        }
    }

    /// <summary>Checks tables that carry no cursors: as many rows as events, and no offset twice.</summary>
    /// <exception cref="InvalidOperationException">It is not so.</exception>
    public static void Offsets(PipelinePlace place, long events)
    {
        var (rows, seen) = (0L, new HashSet<(int, long)>());
        foreach (var table in Directory.GetDirectories(place.Lake))
        {
            foreach (var group in DeltaTableReader.Open(table).Read("_partition", "_offset"))
            {
                rows += group.Count;
                var partitions = group.Columns[0].Fixed<int>();
                var offsets = group.Columns[1].Fixed<long>();
                for (var row = 0; row < group.Count; row++) seen.Add((partitions[row], offsets[row]));
            }
        }

        if (rows != events || seen.Count != events)
            throw new InvalidOperationException($"The tables are wrong: {rows} rows of {seen.Count} records, {events} expected. The run does not count.");
    }
}
