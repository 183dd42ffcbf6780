using Bayou.Definitions;
using Bayou.Pipelines;
using Bayou.Sources;

namespace Bayou.Grains.Pipelines;

/// <summary>Finds a pipeline's partitions and where each starts and ends.</summary>
internal static class SourceDiscovery
{
    /// <summary>What was found: all partitions, those known before first as they were, and the source behind each topic.</summary>
    public sealed record Found(IReadOnlyList<PartitionStart> Partitions, IReadOnlyList<SourceIdentity> Sources);

    /// <summary>Looks at every topic.</summary>
    /// <param name="source">The source.</param>
    /// <param name="definition">What to read.</param>
    /// <param name="known">The partitions known before, by <c>topic/partition</c>; when there are none, this is the first look.</param>
    /// <param name="identities">The sources known before.</param>
    /// <param name="resolveEnds">Whether a bounded run begins, so that its ends are looked up.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="PipelineException">A topic is another one than before.</exception>
    public static async Task<Found> LookAsync(
        ISource source, SourceDefinition definition, IReadOnlyDictionary<string, PartitionStart> known, IReadOnlyList<SourceIdentity> identities, bool resolveEnds, CancellationToken cancellationToken)
    {
        var partitions = new List<PartitionStart>();
        var sources = new List<SourceIdentity>();
        foreach (var topic in definition.Topics)
        {
            var description = await source.DescribeTopicAsync(topic, cancellationToken);
            var before = identities.FirstOrDefault(identity => identity.Topic == topic);
            var identity = Identify(description, before);
            sources.Add(identity);
            var found = await Task.WhenAll(Enumerable.Range(0, description.Partitions).Select(number =>
                ResolveAsync(new TopicPartition(topic, number), before is null, identity.Generation)));
            partitions.AddRange(found);
        }

        return new Found(partitions, sources);

        async Task<PartitionStart> ResolveAsync(TopicPartition partition, bool first, int generation)
        {
            var start = known.TryGetValue(partition.ToString(), out var before) ? before : new PartitionStart
            {
                Topic = partition.Topic,
                Partition = partition.Partition,
                Generation = generation,
                Start = await StartAsync(source, partition, first ? definition.Start : new StartPosition(), cancellationToken),
            };
            return start with { End = resolveEnds ? (await source.GetWatermarksAsync(partition, cancellationToken)).High : null };
        }
    }

    private static async Task<long> StartAsync(ISource source, TopicPartition partition, StartPosition start, CancellationToken cancellationToken) => start.Kind switch
    {
        StartKind.Latest => (await source.GetWatermarksAsync(partition, cancellationToken)).High,
        StartKind.Timestamp => await source.FindOffsetAsync(partition, start.TimestampMilliseconds, cancellationToken),
        StartKind.Offsets when start.Offsets.TryGetValue(partition.ToString(), out var offset) => offset,
        _ => (await source.GetWatermarksAsync(partition, cancellationToken)).Low,
    };

    private static SourceIdentity Identify(TopicDescription description, SourceIdentity? before)
    {
        var now = new SourceIdentity
        {
            Topic = description.Topic,
            Generation = before?.Generation ?? 1,
            ClusterId = description.ClusterId ?? before?.ClusterId,
            TopicId = description.TopicId ?? before?.TopicId,
        };
        if (before is not null && !before.CouldBe(now))
            throw new PipelineException(
                $"Topic {description.Topic} is another one than was read so far (cluster {before.ClusterId ?? "unknown"} topic id {before.TopicId ?? "unknown"} before, cluster {now.ClusterId ?? "unknown"} topic id {now.TopicId ?? "unknown"} now). Nothing is read from it: its offsets would be mixed up with those of the old one. Point the pipeline at the old source, or read the new one under a fresh pipeline name and fresh paths.");
        return now;
    }
}
