namespace Bayou.Benchmarks.Discard;

/// <summary>What there is to read of a partition: offsets <c>[Low, High)</c>.</summary>
internal sealed record PartitionBounds(int Partition, long Low, long High);
