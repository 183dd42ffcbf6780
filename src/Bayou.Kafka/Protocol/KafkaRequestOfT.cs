namespace Bayou.Kafka.Protocol;

/// <summary>A request whose response is read as a whole.</summary>
/// <typeparam name="TResponse">What the response is read into.</typeparam>
internal abstract class KafkaRequest<TResponse> : KafkaRequest
{
    /// <summary>Reads the body of a response. Never throws for short or hostile data: the caller looks at <see cref="ProtocolReader.IsShort"/> afterwards.</summary>
    public abstract TResponse Read(ref ProtocolReader reader, short version);
}
