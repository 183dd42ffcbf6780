using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Connections.Support;

/// <summary>A request whose response is taken as it comes: an INT32 length and as many bytes.</summary>
internal sealed class EchoRequest(ApiKey key = ApiKey.Metadata) : KafkaRequest<byte[]>
{
    public override ApiKey Key => key;

    public override VersionRange Versions => new(1, 12);

    public override short FlexibleFrom => 9;

    public override void Write(ProtocolWriter writer, short version) => writer.WriteInt16(version);

    public override byte[] Read(ref ProtocolReader reader, short version) => reader.ReadBytes().ToArray();
}
