using Bayou.Benchmarks.Measuring;
using Bayou.Benchmarks.Pipelines.Sinks;

namespace Bayou.Benchmarks.Bench.Parts;

/// <summary>The pipeline, bare consumers and the baseline on one topic, taking turns.</summary>
internal static class ThroughputPart
{
    /// <summary>Runs those of its parts that were asked for; null when none was.</summary>
    public static async Task<object?> RunAsync(BenchContext context)
    {
        var parts = context.Options.Parts;
        if (!parts.Any(part => part is "discard" or "pipeline" or "baseline")) return null;
        var (topic, warmUp) = (await context.MainTopicAsync(), await context.WarmUpTopicAsync());
        var contestants = new List<IContestant>();
        if (parts.Contains("pipeline"))
        {
            contestants.Add(new PipelineContestant("pipeline, warm", context, topic, warmUp));
            contestants.Add(new PipelineContestant("pipeline, cold", context, topic, null));
            contestants.Add(new PipelineContestant("pipeline, librdkafka", context, topic, warmUp) { Adapt = job => job with { Client = "librdkafka" } });
            if (context.Options.Sink != DiscardSinkFactory.Name)
                contestants.Add(new PipelineContestant("pipeline, no tables", context, topic, warmUp) { Sink = DiscardSinkFactory.Name });
        }

        if (parts.Contains("baseline")) contestants.Add(new BaselineContestant(context, topic, warmUp));
        if (parts.Contains("discard"))
        {
            contestants.Add(new DiscardContestant("discard, managed", "managed", context.Address, topic));
            contestants.Add(new DiscardContestant("discard, librdkafka", "librdkafka", context.Address, topic));
            contestants.Add(new DiscardContestant("discard, batches", "batch", context.Address, topic));
        }

        context.Say($"\n{topic.Events:#,##0} events, {topic.Partitions} partitions, {topic.Types} tables; times to the last commit, rows verified");
        var results = await Rounds.RunAsync(contestants, context.Options.Rounds, context.Say, context.Stopping);
        string[] names = [.. contestants.Select(contestant => contestant.Name)];
        context.Say(ResultTable.Summary(names, results));
        if (parts.Contains("pipeline") && parts.Contains("discard"))
            context.Say(ResultTable.Ratios("pipeline, librdkafka", ["discard, librdkafka"], results));
        return new { topic.Events, topic.Bytes, topic.Partitions, Tables = topic.Types, Medians = ResultTable.Medians(names, results), Runs = results };
    }
}
