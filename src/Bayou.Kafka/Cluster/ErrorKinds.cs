using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Cluster;

/// <summary>What a broker's error codes mean for a source. A code that is not known to last is transient.</summary>
internal static class ErrorKinds
{
    /// <summary>The kind of failure that an error is.</summary>
    public static SourceErrorKind Of(BrokerError error) => error switch
    {
        BrokerError.OffsetOutOfRange => SourceErrorKind.OffsetOutOfRange,
        BrokerError.UnknownTopicOrPartition or BrokerError.UnknownTopicId or BrokerError.InconsistentTopicId or BrokerError.InvalidTopic => SourceErrorKind.UnknownTopic,
        BrokerError.TopicAuthorizationFailed or BrokerError.ClusterAuthorizationFailed or BrokerError.GroupAuthorizationFailed
            or BrokerError.SaslAuthenticationFailed => SourceErrorKind.Refused,
        BrokerError.UnsupportedVersion or BrokerError.UnsupportedCompressionType or BrokerError.UnsupportedForMessageFormat => SourceErrorKind.Fatal,
        _ => SourceErrorKind.Transient,
    };

    /// <summary>True when another broker leads the partition, or soon will.</summary>
    public static bool IsLeadershipMatter(BrokerError error) => error is
        BrokerError.NotLeaderOrFollower or BrokerError.LeaderNotAvailable or BrokerError.FencedLeaderEpoch or BrokerError.UnknownLeaderEpoch
        or BrokerError.ReplicaNotAvailable or BrokerError.KafkaStorageError or BrokerError.BrokerNotAvailable;

    /// <summary>The failure of a question about a partition.</summary>
    public static SourceException Failure(TopicPartition partition, string broker, BrokerError error) => new(
        Of(error), $"Asking {broker} about {partition} failed: {Describe(error)}. Nothing was read; it may be asked again.") { Partition = partition };

    /// <summary>An error by its name and number, with what it means where the name does not say.</summary>
    public static string Describe(BrokerError error) => error switch
    {
        BrokerError.TopicAuthorizationFailed => "the topic may not be read with these credentials (topic authorization failed, 29)",
        BrokerError.UnknownTopicOrPartition => "there is no such topic or partition, or it may not be seen (3)",
        _ => Enum.IsDefined(error) ? $"{error} ({(short)error})" : $"error code {(short)error}",
    };
}
