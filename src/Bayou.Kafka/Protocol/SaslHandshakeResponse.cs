namespace Bayou.Kafka.Protocol;

/// <summary>Whether the broker takes a mechanism.</summary>
/// <param name="Error"><see cref="BrokerError.UnsupportedSaslMechanism"/> when it does not.</param>
/// <param name="Mechanisms">Those that it takes.</param>
internal sealed record SaslHandshakeResponse(BrokerError Error, IReadOnlyList<string> Mechanisms);
