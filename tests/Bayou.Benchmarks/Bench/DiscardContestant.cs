using Bayou.Benchmarks.Bench.Places;
using Bayou.Benchmarks.Discard;
using Bayou.Benchmarks.Measuring;

namespace Bayou.Benchmarks.Bench;

/// <summary>A client that reads the topic once to get warm, and once to be measured, and throws the records away.</summary>
internal sealed class DiscardContestant(string name, string client, string address, BenchTopic topic) : IContestant
{
    private readonly DiscardOptions _options = new() { Bootstrap = address, Topic = topic.Name, WarmUps = 1 };

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task<RunResult> RunAsync(CancellationToken cancellationToken)
    {
        var result = await DiscardBenchmark.RunChildAsync(_options, client, DiscardBenchmark.Bounds(_options), cancellationToken);
        return (result.Records, result.Bytes) == (topic.Events, topic.Bytes)
            ? result with { Name = name }
            : throw new InvalidOperationException($"{name} read {result.Records} records of {result.Bytes} bytes, {topic.Events} of {topic.Bytes} expected. The run does not count.");
    }
}
