using Bayou.Definitions;

namespace Bayou.Sources;

/// <summary>
/// A connection to one source, shared by everything in the silo that reads it with the same options. Safe for concurrent use.
/// Methods throw <see cref="SourceException"/>.
/// </summary>
public interface ISource : IAsyncDisposable
{
    /// <summary>Partitions and ids of a topic. Fails with <see cref="SourceErrorKind.UnknownTopic"/> when there is none; it never creates one.</summary>
    Task<TopicDescription> DescribeTopicAsync(string topic, CancellationToken cancellationToken);

    /// <summary>The partition's bounds as the broker has them now (under <c>read_committed</c>, High is the last stable offset).</summary>
    Task<Watermarks> GetWatermarksAsync(TopicPartition partition, CancellationToken cancellationToken);

    /// <summary>The offset of the first record with this timestamp or a later one; High when there is none.</summary>
    Task<long> FindOffsetAsync(TopicPartition partition, long timestampMilliseconds, CancellationToken cancellationToken);

    /// <summary>
    /// Starts reading a partition at <paramref name="nextOffset"/>. A partition has one live reader: opening another takes the
    /// assignment over, and the older reader fails with <see cref="SourceErrorKind.TakenOver"/>. Catch-up readers are separate.
    /// </summary>
    /// <param name="partition">The partition.</param>
    /// <param name="nextOffset">The first offset to read.</param>
    /// <param name="role">Who reads.</param>
    /// <param name="leaderEpoch">The <see cref="IPartitionReader.LeaderEpoch"/> of an earlier reader at this very offset, so that a source whose log was replaced since is noticed; -1 when it is not known.</param>
    IPartitionReader OpenReader(TopicPartition partition, long nextOffset, ReaderRole role, int leaderEpoch = -1);

    /// <summary>Tells the source's own bookkeeping (a consumer group) how far partitions are durable. For outside tools only; best effort, never throws for a broker's refusal.</summary>
    Task PublishProgressAsync(string group, IReadOnlyDictionary<TopicPartition, long> nextOffsets, CancellationToken cancellationToken);
}
