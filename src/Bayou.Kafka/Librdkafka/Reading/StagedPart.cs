namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>Where a record's key or value lies in the <see cref="StagingArea"/>; a length of -1 means null.</summary>
internal readonly record struct StagedPart(int Start, int Length);
