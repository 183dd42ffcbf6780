using Bayou.Sources;
using Confluent.Kafka;

namespace Bayou.Kafka.Librdkafka;

/// <summary>What the errors of the Kafka client mean for a source.</summary>
internal static class SourceErrors
{
    /// <summary>True when the client will not go on with the partition by itself.</summary>
    public static bool EndsAssignment(ErrorCode code) => KindOf(code) != SourceErrorKind.Transient;

    /// <summary>True when who we are, or how we encrypt, is refused.</summary>
    public static bool IsRefusal(ErrorCode code) => code is
        ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed or ErrorCode.Local_Ssl
        or ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed;

    /// <summary>The kind of failure that a client's error is; what is not known to last is transient.</summary>
    public static SourceErrorKind KindOf(ErrorCode code) => code switch
    {
        ErrorCode.OffsetOutOfRange or ErrorCode.Local_AutoOffsetReset or ErrorCode.Local_NoOffset => SourceErrorKind.OffsetOutOfRange,
        ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition
            or ErrorCode.TopicException => SourceErrorKind.UnknownTopic,
        ErrorCode.Local_BadMsg or ErrorCode.Local_BadCompression or ErrorCode.Local_UnsupportedFeature
            or ErrorCode.Local_NotImplemented or ErrorCode.Local_ValueDeserialization or ErrorCode.Local_KeyDeserialization => SourceErrorKind.Fatal,
        _ when IsRefusal(code) => SourceErrorKind.Refused,
        _ => SourceErrorKind.Transient,
    };
}
