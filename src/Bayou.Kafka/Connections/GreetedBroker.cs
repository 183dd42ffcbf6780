using Bayou.Kafka.Connections.Security;

namespace Bayou.Kafka.Connections;

/// <summary>What a connection is made of once the broker accepted it.</summary>
/// <param name="Stream">The bytes, encrypted where the options say so; owned by whoever holds this.</param>
/// <param name="Wire">Requests and responses over them.</param>
/// <param name="Versions">What the broker supports.</param>
/// <param name="Session">The authentication; null where there is none.</param>
internal sealed record GreetedBroker(Stream Stream, BrokerWire Wire, BrokerVersions Versions, SaslSession? Session);
