using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Connections;

/// <summary>The versions of each request that one broker supports.</summary>
internal sealed class BrokerVersions(HostPort broker, IReadOnlyDictionary<ApiKey, VersionRange> ranges)
{
    /// <summary>The highest version of the request that both sides know; a fatal <see cref="BrokerException"/> when there is none.</summary>
    public short Choose(KafkaRequest request)
    {
        if (!ranges.TryGetValue(request.Key, out var theirs))
            throw new BrokerException(SourceErrorKind.Fatal, $"The broker {broker} does not support {request.Key} requests, which Bayou needs (version {request.Versions}).");
        return request.Versions.HighestCommon(theirs) ?? throw new BrokerException(
            SourceErrorKind.Fatal,
            $"The broker {broker} supports {request.Key} requests of version {theirs}, Bayou those of version {request.Versions}; upgrade whichever is older.");
    }
}
