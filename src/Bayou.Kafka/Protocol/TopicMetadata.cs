namespace Bayou.Kafka.Protocol;

/// <summary>A topic.</summary>
/// <param name="Error">Why nothing is known of it, if so.</param>
/// <param name="Name">Its name.</param>
/// <param name="Id">Changes when the topic is deleted and made anew; empty when the broker does not tell it.</param>
/// <param name="Partitions">In no order that can be relied on.</param>
internal sealed record TopicMetadata(BrokerError Error, string Name, Guid Id, IReadOnlyList<PartitionMetadata> Partitions);
