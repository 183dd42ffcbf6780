using System.Runtime.CompilerServices;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>Values of a type with <c>[GenerateSerializer]</c>, by their numbered members alone.</summary>
internal sealed class ObjectCodec<T> : Codec<T>
{
    private static readonly bool s_hasConstructor = !typeof(T).IsValueType && typeof(T).GetConstructor(
        System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic, Type.EmptyTypes) is not null;

    private readonly ObjectMembers _members = ObjectMembers.Of(typeof(T));

    public override void Write(WireWriter writer, T value)
    {
        if (value is null) throw new SerializerException($"A {typeof(T)} is missing.");
        writer.Enter();
        _members.Write(writer, value);
        writer.Leave();
    }

    public override T Read(WireReader reader)
    {
        var value = s_hasConstructor ? Activator.CreateInstance(typeof(T), true)! : RuntimeHelpers.GetUninitializedObject(typeof(T));
        if (!typeof(T).IsValueType) reader.Made(value);
        _members.Read(reader, value, int.MaxValue);
        return (T)value;
    }
}
