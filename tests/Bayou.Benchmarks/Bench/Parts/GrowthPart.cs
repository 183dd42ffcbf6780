using Bayou.Benchmarks.Bench.Places;
using Bayou.Benchmarks.Measuring;

namespace Bayou.Benchmarks.Bench.Parts;

/// <summary>The warm pipeline on topics that differ in one number only: what a record costs as that number grows.</summary>
internal static class GrowthPart
{
    private static readonly int[] PartitionSteps = [50, 1, 10, 200, 1000];
    private static readonly int[] TableSteps = [10, 1, 100];

    /// <summary>More and more partitions; null when that was not asked for.</summary>
    public static Task<object?> PartitionsAsync(BenchContext context) => RunAsync(context, "partitions", PartitionSteps,
        step => context.Topics.GetAsync(context.Options.Events / 2, context.Options.Tables, context.Options.SizeBytes, step, context.Stopping));

    /// <summary>More and more tables; null when that was not asked for.</summary>
    public static Task<object?> TablesAsync(BenchContext context) => RunAsync(context, "tables", TableSteps,
        step => context.Topics.GetAsync(context.Options.Events / 2, step, context.Options.SizeBytes, context.Options.Partitions, context.Stopping));

    private static async Task<object?> RunAsync(BenchContext context, string part, int[] steps, Func<int, Task<BenchTopic>> topic)
    {
        if (!context.Options.Parts.Contains(part)) return null;
        var warmUp = await context.WarmUpTopicAsync();
        var contestants = new List<IContestant>();
        foreach (var step in steps) contestants.Add(new PipelineContestant(Name(step), context, await topic(step), warmUp));
        context.Say($"\nGrowing {part}, {context.Options.Events / 2:#,##0} events each; pipeline, warm");
        var results = await Rounds.RunAsync(contestants, context.Options.Rounds, context.Say, context.Stopping);
        string[] names = [.. steps.Select(Name)];
        context.Say(ResultTable.Summary(names, results, others: [.. steps.Skip(1).Order().Select(Name)], inverse: true));
        return new { Events = context.Options.Events / 2, Medians = ResultTable.Medians(names, results), Runs = results };

        string Name(int step) => $"{step} {part}";
    }
}
