namespace Bayou.Kafka.Fetching;

/// <summary>A partition to ask a broker for, as things were when the fetch was planned.</summary>
/// <param name="Target">Whose records.</param>
/// <param name="From">From where on.</param>
/// <param name="LeaderEpoch">The leader's epoch; -1 when it is not known.</param>
/// <param name="MaxBytes">Bytes to ask for.</param>
internal readonly record struct FetchAsk(FetchTarget Target, FetchPosition From, int LeaderEpoch, int MaxBytes);
