namespace Bayou.Kafka.Records;

/// <summary>A transaction that was aborted, as a fetch response tells it: the producer's records from <paramref name="FirstOffset"/> up to its abort marker do not count.</summary>
internal readonly record struct AbortedTransaction(long ProducerId, long FirstOffset);
