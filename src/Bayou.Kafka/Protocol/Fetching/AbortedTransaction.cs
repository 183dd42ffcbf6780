namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>A transaction that was aborted: from its first offset on, the producer's transactional records count for nothing until its abort marker.</summary>
/// <param name="ProducerId">Whose transaction it was.</param>
/// <param name="FirstOffset">Offset of its first record in the partition.</param>
internal readonly record struct AbortedTransaction(long ProducerId, long FirstOffset);
