using Bayou.Sources;

namespace Bayou.Kafka.Protocol;

/// <summary>An offset that a leader told.</summary>
/// <param name="Source">The partition.</param>
/// <param name="Error">Why there is no offset, if so.</param>
/// <param name="Timestamp">The record's, for an offset asked for by time; else -1.</param>
/// <param name="Offset">The offset; -1 when no record is that late.</param>
/// <param name="LeaderEpoch">That of the record, or -1.</param>
internal readonly record struct ListedOffset(TopicPartition Source, BrokerError Error, long Timestamp, long Offset, int LeaderEpoch);
