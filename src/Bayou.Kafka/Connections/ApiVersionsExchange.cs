using Bayou.Kafka.Protocol;
using Bayou.Sources;

namespace Bayou.Kafka.Connections;

/// <summary>Asks a broker what it supports: in the newest version first, and then in one that the broker knows.</summary>
internal static class ApiVersionsExchange
{
    /// <summary>The versions that the broker supports.</summary>
    public static async ValueTask<BrokerVersions> AskAsync(BrokerWire wire, Attempt attempt, HostPort broker)
    {
        var request = new ApiVersionsRequest();
        var version = request.Versions.Max;
        while (true)
        {
            var response = await wire.AskAsync(request, version);
            if (response.Error == BrokerError.None) return new BrokerVersions(broker, response.Versions);
            if (response.Error != BrokerError.UnsupportedVersion || version == request.Versions.Min)
                throw attempt.Failed(SourceErrorKind.Transient, $"the broker answered {response.Error} ({(short)response.Error}).");
            var known = response.Versions.TryGetValue(ApiKey.ApiVersions, out var theirs) ? request.Versions.HighestCommon(theirs) : null;
            version = known < version ? known.Value : request.Versions.Min;
        }
    }
}
