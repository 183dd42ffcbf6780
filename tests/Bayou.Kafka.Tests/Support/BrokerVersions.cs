using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Support;

/// <summary>The versions that brokers have of the requests that a scripted broker knows.</summary>
internal static class BrokerVersions
{
    // Not served. librdkafka tells by it which record batches a broker has.
    private const ApiKey Produce = 0;

    /// <summary>Of Kafka 4.1, as far as this side reads them.</summary>
    public static readonly IReadOnlyDictionary<ApiKey, VersionRange> Kafka41 = new Dictionary<ApiKey, VersionRange>
    {
        [Produce] = new(0, 12),
        [ApiKey.Fetch] = new(4, 18),
        [ApiKey.ListOffsets] = new(1, 9),
        [ApiKey.Metadata] = new(0, 12),
        [ApiKey.OffsetCommit] = new(2, 9),
        [ApiKey.FindCoordinator] = new(0, 6),
        [ApiKey.SaslHandshake] = new(0, 1),
        [ApiKey.ApiVersions] = new(0, 4),
        [ApiKey.OffsetForLeaderEpoch] = new(2, 4),
        [ApiKey.SaslAuthenticate] = new(0, 2),
    };

    /// <summary>Of Kafka 2.1: no flexible version, no topic ids.</summary>
    public static readonly IReadOnlyDictionary<ApiKey, VersionRange> Kafka21 = new Dictionary<ApiKey, VersionRange>
    {
        [Produce] = new(0, 7),
        [ApiKey.Fetch] = new(0, 10),
        [ApiKey.ListOffsets] = new(0, 4),
        [ApiKey.Metadata] = new(0, 7),
        [ApiKey.OffsetCommit] = new(0, 6),
        [ApiKey.FindCoordinator] = new(0, 2),
        [ApiKey.SaslHandshake] = new(0, 1),
        [ApiKey.ApiVersions] = new(0, 2),
        [ApiKey.OffsetForLeaderEpoch] = new(0, 2),
        [ApiKey.SaslAuthenticate] = new(0, 0),
    };

    /// <summary><paramref name="versions"/> with another range for one request.</summary>
    public static IReadOnlyDictionary<ApiKey, VersionRange> With(this IReadOnlyDictionary<ApiKey, VersionRange> versions, ApiKey key, short min, short max) =>
        new Dictionary<ApiKey, VersionRange>(versions) { [key] = new(min, max) };

    /// <summary>Whether a version is a flexible one. Not the client's own table, so that the two are held against each other.</summary>
    public static bool IsFlexible(ApiKey key, short version) => version >= key switch
    {
        ApiKey.Fetch => 12,
        ApiKey.ListOffsets => 6,
        ApiKey.Metadata => 9,
        ApiKey.OffsetCommit => 8,
        ApiKey.FindCoordinator => 3,
        ApiKey.ApiVersions => 3,
        ApiKey.OffsetForLeaderEpoch => 4,
        ApiKey.SaslAuthenticate => 2,
        _ => short.MaxValue,
    };
}
