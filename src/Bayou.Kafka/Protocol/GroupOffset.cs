using Bayou.Sources;

namespace Bayou.Kafka.Protocol;

/// <summary>An offset to be stored for a group.</summary>
/// <param name="Source">The partition.</param>
/// <param name="NextOffset">Where reading would resume.</param>
/// <param name="LeaderEpoch">That of the last record before it; -1 when not known.</param>
internal readonly record struct GroupOffset(TopicPartition Source, long NextOffset, int LeaderEpoch);
