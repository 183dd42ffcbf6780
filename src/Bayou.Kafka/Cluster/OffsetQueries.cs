using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Cluster;

/// <summary>Asks leaders for offsets.</summary>
internal sealed class OffsetQueries(ClusterClient cluster)
{
    /// <summary>The bounds of a partition's log; with <paramref name="isReadCommitted"/>, High is the last stable offset.</summary>
    public async Task<Watermarks> BoundsAsync(TopicPartition partition, bool isReadCommitted, CancellationToken cancellationToken)
    {
        var low = await AskAsync(partition, OffsetQuery.Earliest, isReadCommitted, cancellationToken);
        var high = await AskAsync(partition, OffsetQuery.Latest, isReadCommitted, cancellationToken);
        return new Watermarks(low, Math.Max(low, high));
    }

    /// <summary>The offset of the first record with this timestamp or a later one; -1 when there is none.</summary>
    public Task<long> FindAsync(TopicPartition partition, long timestampMilliseconds, bool isReadCommitted, CancellationToken cancellationToken) =>
        AskAsync(partition, timestampMilliseconds, isReadCommitted, cancellationToken);

    private async Task<long> AskAsync(TopicPartition partition, long timestamp, bool isReadCommitted, CancellationToken cancellationToken)
    {
        var answer = await cluster.AskLeaderAsync(
            partition,
            epoch => new ListOffsetsRequest(isReadCommitted, [new OffsetQuery(partition, epoch, timestamp)]),
            answers => Of(answers, partition).Error,
            cancellationToken);
        return Of(answer, partition).Offset;
    }

    private static ListedOffset Of(IReadOnlyList<ListedOffset> answers, TopicPartition partition)
    {
        foreach (var answer in answers)
            if (answer.Source == partition) return answer;
        return new ListedOffset(partition, BrokerError.UnknownServerError, -1, -1, -1);
    }
}
