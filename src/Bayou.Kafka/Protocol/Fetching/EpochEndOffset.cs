namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>Where a partition's log diverged from what was read of it.</summary>
/// <param name="Epoch">The largest leader epoch that both have.</param>
/// <param name="EndOffset">Where the leader's log ends in that epoch: what was read from there on is not there any more.</param>
internal readonly record struct EpochEndOffset(int Epoch, long EndOffset);
