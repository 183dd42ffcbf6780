using System.Collections.Immutable;
using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Cluster;

/// <summary>What brokers have told of a topic.</summary>
internal sealed record TopicView
{
    /// <summary>Why there is nothing to tell; <see cref="BrokerError.None"/> when there is.</summary>
    public BrokerError Error { get; init; }

    /// <summary>The topic's id, new each time a topic is created; empty when the brokers do not tell ids.</summary>
    public Guid Id { get; init; }

    /// <summary>The partitions by their number.</summary>
    public ImmutableArray<PartitionView> Partitions { get; init; } = [];

    /// <summary>True when the broker says that there is no such topic.</summary>
    public bool IsUnknown => Error is BrokerError.UnknownTopicOrPartition or BrokerError.UnknownTopicId or BrokerError.InvalidTopic;

    /// <summary>A topic as a broker told it.</summary>
    public static TopicView Of(TopicMetadata topic)
    {
        var count = 0;
        foreach (var partition in topic.Partitions)
            if (partition.Partition >= count && partition.Partition < topic.Partitions.Count) count = partition.Partition + 1;
        var partitions = new PartitionView[count];
        Array.Fill(partitions, new PartitionView(-1, -1));
        foreach (var partition in topic.Partitions)
            if ((uint)partition.Partition < (uint)partitions.Length) partitions[partition.Partition] = new PartitionView(partition.Leader, partition.LeaderEpoch);
        return new TopicView { Error = topic.Error, Id = topic.Id, Partitions = [.. partitions] };
    }
}
