namespace Bayou.Kafka.Protocol;

/// <summary>Kafka's numbers for the requests that this client sends (Kafka protocol guide, "Api Keys").</summary>
internal enum ApiKey : short
{
    Fetch = 1,
    ListOffsets = 2,
    Metadata = 3,
    OffsetCommit = 8,
    FindCoordinator = 10,
    SaslHandshake = 17,
    ApiVersions = 18,
    OffsetForLeaderEpoch = 23,
    SaslAuthenticate = 36,
}
