using System.Diagnostics;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Cluster;

/// <summary>Asks a cluster for topics.</summary>
internal static class TopicQueries
{
    // A topic that was just made may not be known to every broker.
    private static readonly TimeSpan Propagation = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);

    /// <summary>Partitions and ids of a topic.</summary>
    /// <exception cref="SourceException">There is none, it must not be seen, or no broker answered.</exception>
    public static async Task<TopicDescription> DescribeAsync(ClusterClient cluster, string topic, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var view = await AskAsync(cluster, topic, cancellationToken);
            var found = view.Topics.GetValueOrDefault(topic);
            if (found is { Error: BrokerError.None, Partitions.Length: > 0 })
                return new TopicDescription { Topic = topic, Partitions = found.Partitions.Length, ClusterId = view.ClusterId, TopicId = TopicIdText.Of(found.Id) };
            var error = found?.Error ?? BrokerError.UnknownTopicOrPartition;
            var lasting = found is { IsUnknown: false, Error: not BrokerError.None } && ErrorKinds.Of(error) != SourceErrorKind.Transient;
            if (lasting || Stopwatch.GetElapsedTime(since) > Propagation) throw Failure(cluster, topic, error);
            await Task.Delay(Again, cancellationToken);
        }
    }

    private static async Task<ClusterView> AskAsync(ClusterClient cluster, string topic, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.RefreshAsync([topic], cancellationToken);
        }
        catch (BrokerException failure)
        {
            throw new SourceException(failure.Kind, $"Asking Kafka at {cluster.Addresses} for topic {topic} failed. {failure.Message} Nothing was read; it may be asked again.", failure);
        }
    }

    private static SourceException Failure(ClusterClient cluster, string topic, BrokerError error) => ErrorKinds.Of(error) is SourceErrorKind.UnknownTopic || error == BrokerError.None
        ? new SourceException(SourceErrorKind.UnknownTopic, $"Asking Kafka at {cluster.Addresses} for topic {topic} failed: there is no topic '{topic}', or it may not be seen. It is not created by reading; create it, then start again.")
        : new SourceException(ErrorKinds.Of(error), $"Asking Kafka at {cluster.Addresses} for topic {topic} failed: {ErrorKinds.Describe(error)}. Nothing was read; it may be asked again.");
}
