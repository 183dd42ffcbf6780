using Bayou.Benchmarks.Bench.Places;
using Bayou.Benchmarks.Measuring;
using Bayou.Benchmarks.Pipelines;

namespace Bayou.Benchmarks.Bench.Parts;

/// <summary>One table's destination hangs from the first commit of rows on, until the others have everything: the others' pace, compared with the same run without.</summary>
internal static class FrozenPart
{
    // Small commits, so that the wait for the last one does not count; little memory, so that the frozen table is full soon, as it is after a while with more.
    private static readonly TimeSpan CommitEvery = TimeSpan.FromMilliseconds(250);
    private const long TableMemoryBytes = 8 << 20;

    /// <summary>Runs it; null when it was not asked for.</summary>
    public static async Task<object?> RunAsync(BenchContext context)
    {
        if (!context.Options.Parts.Contains("frozen")) return null;
        if (context.Options is { Sink: not "delta" } or { Tables: < 2 }) throw new ArgumentException("The part frozen needs Delta tables, two at least.");
        var (topic, warmUp) = (await context.MainTopicAsync(), await context.WarmUpTopicAsync());
        var (free, frozen) = (new List<OthersPace>(), new List<OthersPace>());
        context.Say($"\nOne of {topic.Types} tables frozen, {topic.Events:#,##0} events; the whole run, until the frozen table has caught up");
        var results = await Rounds.RunAsync(
            [Contestant("all free", false, free), Contestant("one frozen", true, frozen)], context.Options.Rounds, context.Say, context.Stopping);
        var steady = Figures.Median(frozen.Zip(free).Select(pair => pair.First.SteadyRowsPerSecond / pair.Second.SteadyRowsPerSecond));
        var whole = Figures.Median(frozen.Zip(free).Select(pair => pair.Second.Seconds / pair.First.Seconds));
        for (var round = 0; round < free.Count; round++) context.Say(Line(round, free[round], frozen[round]));
        context.Say($"\nPace of the other tables, one frozen : all free   {steady:F2} in the middle of the run   {whole:F2} from the start on");
        return new { SteadyRatio = steady, WholeRatio = whole, Free = free, Frozen = frozen, Runs = results };

        PipelineContestant Contestant(string name, bool freeze, List<OthersPace> paces) => new(name, context, topic, warmUp)
        {
            Adapt = job => job with { Apart = "order", Freeze = freeze, CommitEvery = CommitEvery, SliceMemoryBytes = TableMemoryBytes * (topic.Types + 1) },
            Seen = result => paces.Add(result.Others!),
        };
    }

    private static string Line(int round, OthersPace free, OthersPace frozen) =>
        $"{round + 1,3} the others: {free.SteadyRowsPerSecond:F0} rows/s all free, {frozen.SteadyRowsPerSecond:F0} one frozen; {free.Seconds:F2} s and {frozen.Seconds:F2} s in all; "
        + (frozen.BehindAfterSeconds is { } behind ? $"on its own after {behind:F2} s" : "the frozen table was never full, so that this shows nothing: take more --events");
}
