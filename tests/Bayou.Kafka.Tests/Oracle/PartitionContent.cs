namespace Bayou.Kafka.Tests.Oracle;

/// <summary>What a client read of a partition.</summary>
/// <param name="Low">The first offset that there is.</param>
/// <param name="Records">Each record as <see cref="RecordText"/>.</param>
/// <param name="Next">Where reading would go on.</param>
internal sealed record PartitionContent(long Low, IReadOnlyList<string> Records, long Next);
