using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Support;

/// <summary>A request that a scripted broker got.</summary>
internal sealed class ScriptedRequest
{
    private readonly byte[] _bytes;
    private readonly int _bodyStart;

    public ScriptedRequest(ScriptedBroker broker, byte[] bytes)
    {
        (Broker, _bytes) = (broker, bytes);
        var header = new ProtocolReader(bytes, flexible: false);
        Key = (ApiKey)header.ReadInt16();
        Version = header.ReadInt16();
        CorrelationId = header.ReadInt32();
        ClientId = header.ReadNullableString();
        _bodyStart = header.Position;
        if (IsFlexible)
        {
            var tags = new ProtocolReader(bytes.AsSpan(_bodyStart), flexible: true);
            tags.SkipTags();
            _bodyStart += tags.Position;
        }

        if (header.IsShort) throw new InvalidDataException("A request ended within its header.");
        if (Key == ApiKey.Fetch && broker.Supports(this)) Fetch = new ScriptedFetch(this);
    }

    public ScriptedBroker Broker { get; }

    public ApiKey Key { get; }

    public short Version { get; }

    public int CorrelationId { get; }

    public string? ClientId { get; }

    public bool IsFlexible => BrokerVersions.IsFlexible(Key, Version);

    public ReadOnlySpan<byte> Body => _bytes.AsSpan(_bodyStart);

    /// <summary>What a fetch request asks for; null for others.</summary>
    public ScriptedFetch? Fetch { get; }

    public ProtocolReader Reader() => new(Body, IsFlexible);

    /// <summary>To be called when all was read: fails when the request is longer or shorter than that.</summary>
    public void Check(in ProtocolReader reader)
    {
        if (reader.IsShort || reader.Remaining > 0) throw new InvalidDataException($"{this}: {(reader.IsShort ? "too short" : $"{reader.Remaining} bytes too long")}.");
    }

    public override string ToString() => $"{Key} v{Version}";
}
