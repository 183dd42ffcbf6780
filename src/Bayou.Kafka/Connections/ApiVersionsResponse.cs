using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Connections;

internal sealed record ApiVersionsResponse(BrokerError Error, IReadOnlyDictionary<ApiKey, VersionRange> Ranges);
