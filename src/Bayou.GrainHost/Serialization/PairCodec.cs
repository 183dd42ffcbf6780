namespace Bayou.GrainHost;

/// <summary>The pairs of dictionaries.</summary>
internal sealed class PairCodec<TKey, TValue> : Codec<KeyValuePair<TKey, TValue>>
{
    private readonly Codec<TKey> _key = Codecs.Declared<TKey>();
    private readonly Codec<TValue> _value = Codecs.Declared<TValue>();

    public override void Write(WireWriter writer, KeyValuePair<TKey, TValue> value)
    {
        _key.Write(writer, value.Key);
        _value.Write(writer, value.Value);
    }

    public override KeyValuePair<TKey, TValue> Read(WireReader reader) => new(_key.Read(reader), _value.Read(reader));
}
