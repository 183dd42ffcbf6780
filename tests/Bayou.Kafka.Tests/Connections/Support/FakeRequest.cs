using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Connections.Support;

/// <summary>A request as a broker sees it: the frame without its size.</summary>
internal sealed class FakeRequest
{
    public FakeRequest(byte[] frame)
    {
        var reader = new ProtocolReader(frame, flexible: false);
        Key = (ApiKey)reader.ReadInt16();
        Version = reader.ReadInt16();
        CorrelationId = reader.ReadInt32();
        ClientId = reader.ReadString();
        Body = frame[reader.Position..];
    }

    public ApiKey Key { get; }

    public short Version { get; }

    public int CorrelationId { get; }

    public string ClientId { get; }

    /// <summary>What follows the client id, the header's tags included.</summary>
    public byte[] Body { get; }
}
