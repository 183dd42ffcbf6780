using Bayou.Sources;

namespace Bayou.Kafka.Protocol;

/// <summary>Where a leader epoch ended.</summary>
/// <param name="Source">The partition.</param>
/// <param name="Error">Why there is no answer, if so.</param>
/// <param name="Epoch">The largest epoch in the leader's log that is not above the one asked for; -1 when there is none.</param>
/// <param name="EndOffset">The offset after that epoch's last record; -1 when there is none.</param>
internal readonly record struct EpochEnd(TopicPartition Source, BrokerError Error, int Epoch, long EndOffset);
