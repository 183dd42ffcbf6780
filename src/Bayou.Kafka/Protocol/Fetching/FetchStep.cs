namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>How far a fetch response was read.</summary>
internal enum FetchStep
{
    /// <summary>More bytes are needed, at least one more than there were after what was consumed.</summary>
    NeedMore,

    /// <summary>What concerns the response as a whole was read.</summary>
    Header,

    /// <summary>A partition was read up to its records, which come next.</summary>
    Partition,

    /// <summary>What follows a partition's records was read.</summary>
    PartitionEnd,

    /// <summary>The whole response was read.</summary>
    End,
}
