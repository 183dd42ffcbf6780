namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>How much one consumer may hold for readers that have not asked yet.</summary>
/// <param name="TotalBytes">For all partitions together. It may be passed by one fair share per partition.</param>
/// <param name="PartitionBytes">For one partition.</param>
/// <param name="PartitionRecords">For one partition, in records.</param>
internal sealed record ReadAheadBounds(long TotalBytes, long PartitionBytes, long PartitionRecords)
{
    // Below this, a partition would be paused after almost every fetch.
    private const long SmallestShareBytes = 64 * 1024;

    /// <summary>True when a partition holds more than it may, given what all <paramref name="partitions"/> hold together.</summary>
    public bool IsOver(ReadAheadBuffer buffer, long totalBytes, int partitions)
    {
        var bytes = buffer.BufferedBytes;
        return bytes > PartitionBytes
            || buffer.BufferedRecords > PartitionRecords
            || (totalBytes > TotalBytes && bytes > Math.Max(SmallestShareBytes, TotalBytes / Math.Max(1, partitions)));
    }

    /// <summary>True when a partition that was paused holds so little that fetching must go on.</summary>
    public bool IsLow(ReadAheadBuffer buffer, int partitions) =>
        buffer.BufferedBytes <= Math.Min(PartitionBytes, Math.Max(SmallestShareBytes, TotalBytes / Math.Max(1, partitions))) / 4
        && buffer.BufferedRecords <= PartitionRecords / 4;
}
