using System.Globalization;
using Bayou.Benchmarks.Bench.Places;
using Bayou.Benchmarks.Latency;
using Bayou.Benchmarks.Measuring;
using Bayou.Benchmarks.Pipelines;
using Bayou.Load;

namespace Bayou.Benchmarks.Bench.Parts;

/// <summary>From a record's Kafka timestamp until another process sees the commit that has its row, at an even pace, for several values of <c>commit.every</c>.</summary>
internal static class LatencyPart
{
    private const int PerSecond = 5000;

    // The first seconds open connections and compile code that the warm-up did not need.
    private static readonly TimeSpan RunUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan[] Settings = [TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)];

    /// <summary>Runs it; null when it was not asked for.</summary>
    public static async Task<object?> RunAsync(BenchContext context)
    {
        if (!context.Options.Parts.Contains("latency")) return null;
        if (context.Options.Sink != "delta") throw new ArgumentException("The part latency needs Delta tables.");
        context.Say($"\nFrom Kafka timestamp to visible commit, {PerSecond:#,##0} events/s for {context.Options.Seconds} s, {context.Options.Partitions} partitions, {context.Options.Tables} tables");
        context.Say("commit.every     p50 ms     p99 ms     max ms   CPU, % of a core   rows");
        var results = new List<object>();
        foreach (var every in Settings) results.Add(await MeasureAsync(context, every));
        return results;
    }

    private static async Task<object> MeasureAsync(BenchContext context, TimeSpan every)
    {
        var options = context.Options;
        var warmUp = await context.WarmUpTopicAsync();
        var topic = await context.Topics.GetAsync(0, options.Tables, options.SizeBytes, options.Partitions, context.Stopping);
        using var place = PipelinePlace.Create(context.Folder, "bench", context.Address, topic);
        using var before = PipelinePlace.Create(context.Folder, "warm-up", context.Address, warmUp);
        string[] tables = [.. PipelineFiles.Load(place.File).Tables.Select(table => table.Sink.Options["path"])];
        using var watch = new CommitWatch(tables);
        using var silo = ChildProcess.Start(PipelineChild.Verb);
        await silo.SendAsync(new PipelineJob { File = place.File, State = place.State, WarmUp = before.File, CommitEvery = every, Bounded = false });
        await silo.ReadAsync<string>(context.Stopping);

        var begun = DateTime.UtcNow;
        var load = new PacedLoad(context.Topics.Properties, topic.Name, new LoadOptions { Types = options.Tables, SizeBytes = options.SizeBytes });
        var loading = load.RunAsync(PerSecond, RunUp + TimeSpan.FromSeconds(options.Seconds), context.Stopping);
        await Task.Delay(RunUp, context.Stopping);
        await silo.SendLineAsync(PipelineChild.Begin);
        await silo.ReadAsync<object?>(context.Stopping);
        var events = await loading;
        await silo.SendLineAsync(PipelineChild.End);
        var cost = await silo.ReadAsync<Measurement>(context.Stopping);
        // The last rows come by their own time: stopping at once would commit them early.
        await Task.Delay(every + TimeSpan.FromSeconds(2), context.Stopping);
        await silo.SendLineAsync(PipelineChild.Stop);
        await silo.ExitAsync(context.Stopping);

        await PipelineCheck.LedgerAsync(place, events, context.Stopping);
        var sorted = CommitTimes.Read(tables, watch, begun + RunUp, DateTime.MaxValue);
        var (p50, p99, max) = (Figures.Percentile(sorted, 0.5), Figures.Percentile(sorted, 0.99), sorted[^1]);
        var share = (cost.UserSeconds + cost.SystemSeconds) / cost.Seconds;
        context.Say(string.Create(CultureInfo.InvariantCulture, $"{every.TotalMilliseconds,9:F0} ms {p50,10:F1} {p99,10:F1} {max,10:F1} {share * 100,18:F1} {sorted.Length,6}"));
        return new { CommitEveryMilliseconds = every.TotalMilliseconds, P50 = p50, P99 = p99, Max = max, Rows = sorted.Length, ShareOfACore = share, Cost = cost };
    }
}
