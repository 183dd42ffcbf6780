using System.Text;
using Bayou.Benchmarks.Measuring;

namespace Bayou.Benchmarks.Discard;

/// <summary>Results as text.</summary>
internal static class ResultTable
{
    private const string Columns = "records/s   MB/s   CPU us/record (user+sys)   peak MB   B/record   GC 0/1/2";

    /// <summary>One line for one run.</summary>
    public static string Run(int round, DiscardResult result) => $"{round + 1,3} {Line(result)}";

    /// <summary>The median of each column for each client; every column for itself, so that no run has all of them.</summary>
    public static IReadOnlyList<DiscardResult> Medians(IReadOnlyList<string> clients, IReadOnlyList<DiscardResult> results) =>
        [.. clients.Distinct().Select(client => Median(client, [.. results.Where(result => result.Client == client)]))];

    /// <summary>Medians, and the first client compared with each other one: medians of the ratios within a round.</summary>
    public static string Summary(IReadOnlyList<string> clients, IReadOnlyList<DiscardResult> results)
    {
        var text = new StringBuilder($"\n{"Medians",-15} {Columns}\n");
        foreach (var median in Medians(clients, results)) text.AppendLine($"    {Line(median)}");
        text.AppendLine();
        foreach (var other in clients.Where(other => other != clients[0]).Distinct())
        {
            // Both lists are in the order of the rounds.
            (DiscardResult One, DiscardResult Other)[] pairs = [.. Of(clients[0]).Zip(Of(other))];
            text.AppendLine(
                $"{clients[0]} : {other}   records/s {Ratio(pairs, run => run.RecordsPerSecond)}   CPU/record {Ratio(pairs, run => run.CpuMicroseconds)}   "
                + $"peak memory {Ratio(pairs, run => run.PeakMegabytes)}");
        }

        return text.ToString().TrimEnd();

        IEnumerable<DiscardResult> Of(string client) => results.Where(result => result.Client == client);
    }

    private static string Ratio((DiscardResult One, DiscardResult Other)[] pairs, Func<DiscardResult, double> figure) =>
        $"{Middle(pairs.Select(pair => figure(pair.One) / figure(pair.Other))):F2}";

    private static DiscardResult Median(string client, IReadOnlyList<DiscardResult> results) => new(
        client, results[0].Records, results[0].Bytes,
        new Measurement(
            Middle(results.Select(result => result.Cost.Seconds)), Middle(results.Select(result => result.Cost.UserSeconds)),
            Middle(results.Select(result => result.Cost.SystemSeconds)), (long)Middle(results.Select(result => (double)result.Cost.PeakResidentBytes)),
            (long)Middle(results.Select(result => (double)result.Cost.AllocatedBytes)),
            [.. Enumerable.Range(0, 3).Select(generation => (int)Middle(results.Select(result => (double)result.Cost.Collections[generation])))]));

    private static string Line(DiscardResult result) =>
        $"{result.Client,-11} {result.RecordsPerSecond,9:F0} {result.MegabytesPerSecond,6:F0}   {result.CpuMicroseconds,8:F3} ({result.UserMicroseconds:F3}+{result.SystemMicroseconds:F3})"
        + $"{"",6}{result.PeakMegabytes,9:F0} {result.AllocatedBytesPerRecord,10:F1}   {string.Join('/', result.Cost.Collections)}";

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
