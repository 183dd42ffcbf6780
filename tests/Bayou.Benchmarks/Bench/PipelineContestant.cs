using Bayou.Benchmarks.Bench.Places;
using Bayou.Benchmarks.Measuring;
using Bayou.Benchmarks.Pipelines;

namespace Bayou.Benchmarks.Bench;

/// <summary>The pipeline, from the topic's beginning to its end, in a silo process of its own.</summary>
/// <param name="name">Its name in results.</param>
/// <param name="context">The benchmark.</param>
/// <param name="topic">The topic.</param>
/// <param name="warmUp">A topic that the silo lands before; null to measure from the start of the process.</param>
internal sealed class PipelineContestant(string name, BenchContext context, BenchTopic topic, BenchTopic? warmUp) : IContestant
{
    /// <inheritdoc/>
    public string Name => name;

    /// <summary>Kind of all sinks.</summary>
    public string Sink { get; init; } = context.Options.Sink;

    /// <summary>Makes the place of a pipeline of this name that reads a topic.</summary>
    public Func<string, BenchTopic, PipelinePlace> Place { get; init; } = (pipeline, from) => PipelinePlace.Create(context.Folder, pipeline, context.Address, from);

    /// <summary>What else the job says, given one with its places filled in.</summary>
    public Func<PipelineJob, PipelineJob> Adapt { get; init; } = job => job;

    /// <summary>Told each result.</summary>
    public Action<PipelineResult> Seen { get; init; } = _ => { };

    /// <inheritdoc/>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        using var place = Place("bench", topic);
        using var before = warmUp is null ? null : Place("warm-up", warmUp);
        var job = Adapt(new PipelineJob { File = place.File, State = place.State, WarmUp = before?.File, Sink = Sink });
        var result = await ChildProcess.RunAsync<PipelineJob, PipelineResult>(PipelineChild.Verb, job, cancellationToken);
        if (Sink == "delta") await PipelineCheck.LedgerAsync(place, topic.Events, cancellationToken);
        else if (result.Rows != topic.Events) throw new InvalidOperationException($"Pipeline {name} handed {result.Rows} rows on, {topic.Events} expected. The run does not count.");
        Seen(result);
        return new RunResult(name, topic.Events, topic.Bytes, result.Cost);
    }
}
