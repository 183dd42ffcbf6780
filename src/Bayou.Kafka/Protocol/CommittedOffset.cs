using Bayou.Sources;

namespace Bayou.Kafka.Protocol;

/// <summary>What became of an offset that was to be stored for a group.</summary>
/// <param name="Source">The partition.</param>
/// <param name="Error">Why it was not stored, if so.</param>
internal readonly record struct CommittedOffset(TopicPartition Source, BrokerError Error);
