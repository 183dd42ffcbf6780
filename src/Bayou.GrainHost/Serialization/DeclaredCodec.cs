using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>
/// References of a declared type: null, a value of just that type, or a value of another type whose name goes before it.
/// </summary>
internal sealed class DeclaredCodec<T> : Codec<T?>
    where T : class
{
    private Codec? _exact;

    public override void Write(WireWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteByte(0);
            return;
        }

        writer.Enter();
        var type = value.GetType();
        if (type == typeof(T))
        {
            writer.WriteByte(1);
            (_exact ??= Codecs.Exact(typeof(T))).WriteObject(writer, value);
        }
        else
        {
            // Before the first byte: a type that cannot travel must not leave half a message.
            var codec = Codecs.ExactForValue(ref type);
            writer.WriteByte(2);
            TypeCatalog.Write(writer, type);
            codec.WriteObject(writer, value);
        }

        writer.Leave();
    }

    public override T? Read(WireReader reader)
    {
        switch (reader.ReadByte())
        {
            case 0:
                return null;
            case 1:
                return (T?)(_exact ??= Codecs.Exact(typeof(T))).ReadObject(reader);
            case 2:
                var type = TypeCatalog.Read(reader);
                return Codecs.Exact(type).ReadObject(reader) is T value
                    ? value
                    : throw new SerializerException($"A message has a {type} where a {typeof(T)} belongs.");
            default:
                throw new SerializerException("A message has an unknown kind of value.");
        }
    }
}
