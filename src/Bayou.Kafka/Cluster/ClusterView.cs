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
    /// Topics other than those <paramref name="asked"/> for do not count, and a broker that does not even name itself tells nothing of the nodes.
    /// </summary>
    public ClusterView With(MetadataResponse answer, IReadOnlyList<string> asked)
    {
        var topics = Topics;
        foreach (var topic in answer.Topics)
            if (asked.Contains(topic.Name)) topics = topics.SetItem(topic.Name, Newer(topics.GetValueOrDefault(topic.Name), TopicView.Of(topic)));
        var nodes = ImmutableDictionary.CreateBuilder<int, HostPort>();
        foreach (var broker in answer.Brokers) nodes[broker.Id] = broker.Address;
        return new ClusterView
        {
            ClusterId = answer.ClusterId ?? ClusterId,
            Nodes = nodes.Count > 0 ? nodes.ToImmutable() : Nodes,
            Topics = topics,
        };
    }

    /// <summary>The view without what is known of a topic: whatever is told of it next is believed.</summary>
    public ClusterView Without(string topic) => this with { Topics = Topics.Remove(topic) };

    private static TopicView Newer(TopicView? before, TopicView now)
    {
        if (before is null) return now;
        // An error says nothing of the leaders; they are kept to compare what is told next with.
        if (now.Error != BrokerError.None) return before with { Error = now.Error };
        // While a cluster is upgraded, some brokers tell ids and some do not.
        if (now.Id == Guid.Empty) now = now with { Id = before.Id };
        if (before.Id != now.Id && before.Id != Guid.Empty) return now;
        return now with
        {
            Partitions = [.. now.Partitions.Select((partition, index) =>
                index < before.Partitions.Length && before.Partitions[index].LeaderEpoch > partition.LeaderEpoch && partition.LeaderEpoch >= 0 ? before.Partitions[index] : partition)],
        };
    }
}
