using Bayou.Benchmarks.Bench.Places;

namespace Bayou.Benchmarks.Bench;

/// <summary>What the parts of a benchmark share.</summary>
internal sealed record BenchContext
{
    /// <summary>The options.</summary>
    public required BenchOptions Options { get; init; }

    /// <summary>The broker's address.</summary>
    public required string Address { get; init; }

    /// <summary>The topics.</summary>
    public required BenchTopics Topics { get; init; }

    /// <summary>A folder for pipelines; deleted at the end.</summary>
    public required string Folder { get; init; }

    /// <summary>Prints a line for people.</summary>
    public required Action<string> Say { get; init; }

    /// <summary>Cancelled when the benchmark is interrupted.</summary>
    public required CancellationToken Stopping { get; init; }

    /// <summary>The topic of the run that is compared.</summary>
    public Task<BenchTopic> MainTopicAsync() => Topics.GetAsync(Options.Events, Options.Tables, Options.SizeBytes, Options.Partitions, Stopping);

    /// <summary>A small topic of the same kind of events, which a silo lands before it is measured warm.</summary>
    public Task<BenchTopic> WarmUpTopicAsync() =>
        Topics.GetAsync(Math.Min(BenchOptions.WarmUpEvents, Options.Events), Math.Min(Options.Tables, 10), Options.SizeBytes, Options.Partitions, Stopping);
}
