using Bayou.Benchmarks.Baseline;
using Bayou.Benchmarks.Bench.Places;
using Bayou.Benchmarks.Measuring;

namespace Bayou.Benchmarks.Bench;

/// <summary>What a user would write in plain C#, in a process of its own that landed the warm-up topic before.</summary>
internal sealed class BaselineContestant(BenchContext context, BenchTopic topic, BenchTopic warmUp) : IContestant
{
    /// <inheritdoc/>
    public string Name => "baseline";

    /// <inheritdoc/>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        using var place = PipelinePlace.Create(context.Folder, "bench", context.Address, topic);
        using var before = PipelinePlace.Create(context.Folder, "warm-up", context.Address, warmUp);
        var cost = await ChildProcess.RunAsync<BaselineJob, Measurement>(BaselineChild.Verb, new BaselineJob(place.File, before.File), cancellationToken);
        PipelineCheck.Offsets(place, topic.Events);
        return new RunResult(Name, topic.Events, topic.Bytes, cost);
    }
}
