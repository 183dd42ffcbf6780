namespace Bayou.GrainHost;

/// <summary>Values that may be missing.</summary>
internal sealed class NullableCodec<T> : Codec<T?>
    where T : struct
{
    private readonly Codec<T> _value = Codecs.Declared<T>();

    public override void Write(WireWriter writer, T? value)
    {
        writer.WriteByte(value.HasValue ? (byte)1 : (byte)0);
        if (value.HasValue) _value.Write(writer, value.Value);
    }

    public override T? Read(WireReader reader) => reader.ReadByte() == 0 ? null : _value.Read(reader);
}
