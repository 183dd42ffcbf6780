namespace Bayou.Kafka.Protocol;

/// <summary>Names the mechanism of the authentication that follows.</summary>
internal sealed class SaslHandshakeRequest(string mechanism) : KafkaRequest<SaslHandshakeResponse>
{
    /// <inheritdoc/>
    public override ApiKey Key => ApiKey.SaslHandshake;

    /// <summary>Only 1: after a handshake of version 0 the tokens would go without frames.</summary>
    public override VersionRange Versions => new(1, 1);

    /// <summary>Never; the number is above all versions.</summary>
    public override short FlexibleFrom => short.MaxValue;

    /// <inheritdoc/>
    public override void Write(ProtocolWriter writer, short version) => writer.WriteString(mechanism);

    /// <inheritdoc/>
    public override SaslHandshakeResponse Read(ref ProtocolReader reader, short version)
    {
        var error = (BrokerError)reader.ReadInt16();
        var mechanisms = new string[reader.ReadArrayLength(2)];
        for (var i = 0; i < mechanisms.Length; i++) mechanisms[i] = reader.ReadString();
        return new SaslHandshakeResponse(error, mechanisms);
    }
}
