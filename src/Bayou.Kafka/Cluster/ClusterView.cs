using System.Collections.Immutable;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Cluster;

/// <summary>What brokers have told of the cluster so far. Immutable.</summary>
internal sealed record ClusterView
{
    /// <summary>Nothing is known yet.</summary>
    public static readonly ClusterView Empty = new();

    /// <summary>The cluster's id; null when no broker has told one.</summary>
    public string? ClusterId { get; init; }

    /// <summary>Where each node listens.</summary>
    public ImmutableDictionary<int, HostPort> Nodes { get; init; } = ImmutableDictionary<int, HostPort>.Empty;

    /// <summary>The topics that were asked for.</summary>
    public ImmutableDictionary<string, TopicView> Topics { get; init; } = ImmutableDictionary<string, TopicView>.Empty;

    /// <summary>
    /// The view after another answer. A broker that lags behind may tell an older leader: of the same topic, an older leader epoch does not replace a newer one.
    /// </summary>
    public ClusterView With(MetadataResponse answer)
    {
        var topics = Topics;
        foreach (var topic in answer.Topics)
            topics = topics.SetItem(topic.Name, Newer(topics.GetValueOrDefault(topic.Name), TopicView.Of(topic)));
        return new ClusterView
        {
            ClusterId = answer.ClusterId ?? ClusterId,
            Nodes = answer.Brokers.ToImmutableDictionary(broker => broker.Id, broker => broker.Address),
            Topics = topics,
        };
    }

    private static TopicView Newer(TopicView? before, TopicView now)
    {
        if (before is null || before.Id != now.Id || now.Error != BrokerError.None) return now;
        return now with
        {
            Partitions = [.. now.Partitions.Select((partition, index) =>
                index < before.Partitions.Length && before.Partitions[index].LeaderEpoch > partition.LeaderEpoch && partition.LeaderEpoch >= 0 ? before.Partitions[index] : partition)],
        };
    }
}
