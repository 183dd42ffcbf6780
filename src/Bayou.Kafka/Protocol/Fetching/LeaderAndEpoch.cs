namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>A partition's leader, as told by a broker that is it no longer.</summary>
/// <param name="Leader">Node id; -1 when not known.</param>
/// <param name="Epoch">The leader epoch; -1 when not known.</param>
internal readonly record struct LeaderAndEpoch(int Leader, int Epoch);
