namespace Bayou.Kafka.Protocol;

/// <summary>Bytes that are not what Kafka's protocol says: whoever answered is not a broker, or the answer was damaged.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
