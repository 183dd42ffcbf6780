using System.Text;

namespace Bayou.Benchmarks.Measuring;

/// <summary>Results as text.</summary>
internal static class ResultTable
{
    private const string Columns = "records/s   MB/s   CPU us/record (user+sys)   peak MB   B/record   GC 0/1/2   pause ms";

    /// <summary>The columns of <see cref="Run"/>.</summary>
    public static string Heading => $"{"",-25} {Columns}";

    /// <summary>One line for one run.</summary>
    public static string Run(int round, RunResult result) => $"{round + 1,3} {Line(result)}";

    /// <summary>The median of each column for each name; every column for itself, so that no run has all of them.</summary>
    public static IReadOnlyList<RunResult> Medians(IReadOnlyList<string> names, IReadOnlyList<RunResult> results) =>
        [.. names.Distinct().Select(name => Median(name, [.. results.Where(result => result.Name == name)]))];

    /// <summary>Medians, and the first name compared with others: medians of the ratios within a round.</summary>
    /// <param name="names">All names.</param>
    /// <param name="results">All results, in the order of the rounds.</param>
    /// <param name="others">Those that the first is compared with; null for all.</param>
    /// <param name="inverse">True to compare the others with the first.</param>
    public static string Summary(IReadOnlyList<string> names, IReadOnlyList<RunResult> results, IReadOnlyList<string>? others = null, bool inverse = false)
    {
        var text = new StringBuilder($"\n{"Medians",-25} {Columns}\n");
        foreach (var median in Medians(names, results)) text.AppendLine($"    {Line(median)}");
        text.AppendLine();
        foreach (var other in others ?? [.. names.Where(other => other != names[0]).Distinct()])
            text.AppendLine(inverse ? Ratios(other, [names[0]], results) : Ratios(names[0], [other], results));
        return text.ToString().TrimEnd();
    }

    /// <summary>One name compared with others, a line each: medians of the ratios within a round.</summary>
    public static string Ratios(string one, IReadOnlyList<string> others, IReadOnlyList<RunResult> results)
    {
        var lines = others.Select(other =>
        {
            // Both lists are in the order of the rounds.
            (RunResult One, RunResult Other)[] pairs = [.. Of(one).Zip(Of(other))];
            return $"{one} : {other}   records/s {Ratio(pairs, run => run.RecordsPerSecond)}   CPU/record {Ratio(pairs, run => run.CpuMicroseconds)}   "
                + $"peak memory {Ratio(pairs, run => run.PeakMegabytes)}";
        });
        return string.Join(Environment.NewLine, lines);

        IEnumerable<RunResult> Of(string name) => results.Where(result => result.Name == name);
    }

    private static string Ratio((RunResult One, RunResult Other)[] pairs, Func<RunResult, double> figure) =>
        $"{Figures.Median(pairs.Select(pair => figure(pair.One) / figure(pair.Other))):F2}";

    private static RunResult Median(string name, IReadOnlyList<RunResult> results) => new(
        name, results[0].Records, results[0].Bytes,
        new Measurement(
            Figures.Median(results.Select(result => result.Cost.Seconds)), Figures.Median(results.Select(result => result.Cost.UserSeconds)),
            Figures.Median(results.Select(result => result.Cost.SystemSeconds)), (long)Figures.Median(results.Select(result => (double)result.Cost.PeakResidentBytes)),
            (long)Figures.Median(results.Select(result => (double)result.Cost.AllocatedBytes)),
            [.. Enumerable.Range(0, 3).Select(generation => (int)Figures.Median(results.Select(result => (double)result.Cost.Collections[generation])))])
        {
            PauseSeconds = Figures.Median(results.Select(result => result.Cost.PauseSeconds)),
        });

    private static string Line(RunResult result) =>
        $"{result.Name,-21} {result.RecordsPerSecond,9:F0} {result.MegabytesPerSecond,6:F0}   {result.CpuMicroseconds,8:F3} ({result.UserMicroseconds:F3}+{result.SystemMicroseconds:F3})"
        + $"{"",6}{result.PeakMegabytes,9:F0} {result.AllocatedBytesPerRecord,10:F1}   {string.Join('/', result.Cost.Collections),8} {result.Cost.PauseSeconds * 1000,10:F1}";
}
