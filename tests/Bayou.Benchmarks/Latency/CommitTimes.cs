using System.Text.Json;
using Bayou.Sinks.Delta;

namespace Bayou.Benchmarks.Latency;

/// <summary>Reads, from tables that are complete, how long each row took from its record's Kafka timestamp until its commit appeared.</summary>
internal static class CommitTimes
{
    /// <summary>Milliseconds of each row whose record's timestamp lies in a stretch of time, ascending.</summary>
    public static double[] Read(IEnumerable<string> tables, CommitWatch watch, DateTime from, DateTime until)
    {
        var (first, last) = (Microseconds(from), Microseconds(until));
        var latencies = new List<double>();
        foreach (var table in tables)
        {
            var visible = VisibleSince(table, watch);
            foreach (var group in DeltaTableReader.Open(table).Read("_timestamp"))
            {
                var seen = visible[group.File.Path];
                foreach (var timestamp in group.Columns[0].Fixed<long>())
                    if (timestamp >= first && timestamp < last) latencies.Add((seen - timestamp) / 1000.0);
            }
        }

        latencies.Sort();
        return [.. latencies];
    }

    private static Dictionary<string, long> VisibleSince(string table, CommitWatch watch)
    {
        var visible = new Dictionary<string, long>();
        foreach (var commit in Directory.EnumerateFiles(Path.Combine(table, "_delta_log"), "*.json"))
        {
            foreach (var line in File.ReadLines(commit))
            {
                using var action = JsonDocument.Parse(line);
                if (action.RootElement.TryGetProperty("add", out var add))
                    visible[Uri.UnescapeDataString(add.GetProperty("path").GetString()!)] = Microseconds(watch.AppearanceOf(commit));
            }
        }

        return visible;
    }

    private static long Microseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
