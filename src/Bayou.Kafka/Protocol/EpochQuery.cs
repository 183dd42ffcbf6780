using Bayou.Sources;

namespace Bayou.Kafka.Protocol;

/// <summary>A leader epoch whose end is asked for.</summary>
/// <param name="Source">The partition.</param>
/// <param name="CurrentLeaderEpoch">That which the client knows: a leader with another one refuses; -1 takes any.</param>
/// <param name="Epoch">The epoch in question: that of the last record read.</param>
internal readonly record struct EpochQuery(TopicPartition Source, int CurrentLeaderEpoch, int Epoch);
