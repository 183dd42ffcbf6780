namespace Bayou.Kafka.Protocol;

/// <summary>A partition.</summary>
/// <param name="Error">For instance, <see cref="BrokerError.LeaderNotAvailable"/>.</param>
/// <param name="Partition">Its number.</param>
/// <param name="Leader">The leader's node id; -1 when there is none.</param>
/// <param name="LeaderEpoch">Grows with each change of the leader; -1 when the broker does not tell it.</param>
internal readonly record struct PartitionMetadata(BrokerError Error, int Partition, int Leader, int LeaderEpoch);
