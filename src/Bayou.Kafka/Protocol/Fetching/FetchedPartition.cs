using Bayou.Kafka.Records;

namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>What a broker answers for one partition, besides the records.</summary>
/// <param name="Partition">Its number.</param>
/// <param name="Error">Why there are no records, if so.</param>
/// <param name="HighWatermark">The offset after the last record that all replicas in sync have; -1 when not told.</param>
/// <param name="LastStableOffset">No transaction below it is open; -1 when not told.</param>
/// <param name="LogStartOffset">The first offset that there is; -1 when not told.</param>
/// <param name="Aborted">The aborted transactions among the records; null when not asked for.</param>
/// <param name="PreferredReadReplica">Node id of the broker to ask instead; -1 for this one.</param>
/// <param name="RecordsLength">Bytes of records that follow; the last batch may be cut off.</param>
internal readonly record struct FetchedPartition(
    int Partition,
    BrokerError Error,
    long HighWatermark,
    long LastStableOffset,
    long LogStartOffset,
    IReadOnlyList<AbortedTransaction>? Aborted,
    int PreferredReadReplica,
    int RecordsLength);
