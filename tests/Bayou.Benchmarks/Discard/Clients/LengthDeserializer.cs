using Confluent.Kafka;

namespace Bayou.Benchmarks.Discard.Clients;

/// <summary>Makes a key or value its length, without copying it; 0 for null.</summary>
internal sealed class LengthDeserializer : IDeserializer<int>
{
    public static LengthDeserializer Instance { get; } = new();

    public int Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) => data.Length;
}
