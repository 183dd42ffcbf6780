namespace Bayou.GrainHost;

/// <inheritdoc cref="ObjectMember"/>
internal sealed class ObjectMember<T>(Func<object, T> get, Action<object, T> set) : ObjectMember
{
    // Found on first use: a type may contain itself.
    private Codec<T>? _codec;

    private Codec<T> Codec => _codec ??= Codecs.Declared<T>();

    public override void Write(WireWriter writer, object owner) => Codec.Write(writer, get(owner));

    public override void Read(WireReader reader, object owner) => set(owner, Codec.Read(reader));
}
