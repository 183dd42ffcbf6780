namespace Bayou.Kafka.Protocol.Fetching;

/// <summary>A partition that a fetch session has and that is not wanted any more.</summary>
/// <param name="Topic">The topic's name; not sent from version 13 on.</param>
/// <param name="TopicId">The topic's id; sent from version 13 on.</param>
/// <param name="Partition">Its number.</param>
internal readonly record struct ForgottenPartition(string Topic, Guid TopicId, int Partition);
