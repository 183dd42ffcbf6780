namespace Bayou.Kafka.Cluster;

/// <summary>Who leads a partition.</summary>
/// <param name="Leader">The node's id; -1 when there is no leader.</param>
/// <param name="LeaderEpoch">Counts the partition's leaders; -1 when the broker does not tell.</param>
internal readonly record struct PartitionView(int Leader, int LeaderEpoch);
