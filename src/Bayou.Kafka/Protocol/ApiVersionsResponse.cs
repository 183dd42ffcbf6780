namespace Bayou.Kafka.Protocol;

/// <summary>What a broker can be asked.</summary>
/// <param name="Error"><see cref="BrokerError.UnsupportedVersion"/>: ask again in a lower version.</param>
/// <param name="Versions">The broker's requests, those that this client does not know included. Brokers before 2.4 leave it empty when there is an error.</param>
internal sealed record ApiVersionsResponse(BrokerError Error, IReadOnlyDictionary<ApiKey, VersionRange> Versions);
