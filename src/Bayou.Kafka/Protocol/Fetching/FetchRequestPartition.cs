namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>A partition that is wanted, and from where on.</summary>
/// <param name="Topic">The topic's name; not sent from version 13 on.</param>
/// <param name="TopicId">The topic's id; sent from version 13 on, and not empty then.</param>
/// <param name="Partition">Its number.</param>
/// <param name="FetchOffset">The first offset wanted.</param>
/// <param name="LeaderEpoch">That which the client knows: a leader with another one refuses; -1 takes any.</param>
/// <param name="LastFetchedEpoch">Leader epoch of the record before the fetch offset, by which the leader notices that its log has diverged; -1 when not known.</param>
/// <param name="MaxBytes">Most bytes of records, unless the first batch is larger.</param>
internal readonly record struct FetchRequestPartition(
    string Topic, Guid TopicId, int Partition, long FetchOffset, int LeaderEpoch, int LastFetchedEpoch, int MaxBytes);
