namespace Bayou.Kafka.Protocol;

/// <summary>One step of an authentication.</summary>
/// <param name="token">What the mechanism says.</param>
internal sealed class SaslAuthenticateRequest(ReadOnlyMemory<byte> token) : KafkaRequest<SaslAuthenticateResponse>
{
    /// <inheritdoc/>
    public override ApiKey Key => ApiKey.SaslAuthenticate;

    /// <inheritdoc/>
    public override VersionRange Versions => new(0, 2);

    /// <inheritdoc/>
    public override short FlexibleFrom => 2;

    /// <inheritdoc/>
    public override void Write(ProtocolWriter writer, short version)
    {
        writer.WriteBytes(token.Span);
        writer.WriteNoTags();
    }

    /// <inheritdoc/>
    public override SaslAuthenticateResponse Read(ref ProtocolReader reader, short version)
    {
        var error = (BrokerError)reader.ReadInt16();
        var message = reader.ReadNullableString();
        var answer = reader.ReadBytes().ToArray();
        var lifetime = version >= 1 ? reader.ReadInt64() : 0;
        reader.SkipTags();
        return new SaslAuthenticateResponse(error, message, answer, lifetime);
    }
}
