using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>
/// References of a declared type: null, a value of just that type, a value of another type whose name goes before it, or a
/// value that is in the message already.
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

        var type = value.GetType();
        if (HasIdentity(type) && writer.TryFindPlace(value, out var place))
        {
            writer.WriteByte(3);
            writer.WriteRaw(place);
            return;
        }

        writer.Enter();
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
        var place = reader.Position;
        switch (reader.ReadByte())
        {
            case 0:
                return null;
            case 1:
                return Read(reader, place, _exact ??= Codecs.Exact(typeof(T)), typeof(T));
            case 2:
                var type = TypeCatalog.Read(reader);
                return Read(reader, place, Codecs.Exact(type), type);
            case 3:
                return Cast(reader.ReadPlace());
            default:
                throw new SerializerException("A message has an unknown kind of value.");
        }
    }

    private static T Read(WireReader reader, int place, Codec codec, Type type)
    {
        if (!HasIdentity(type)) return Cast(codec.ReadObject(reader));
        reader.BeginObject(place);
        var value = Cast(codec.ReadObject(reader));
        reader.EndObject(place, value);
        return value;
    }

    private static T Cast(object? value) => value as T ?? throw new SerializerException($"A message has a {value?.GetType()} where a {typeof(T)} belongs.");

    // Of the others nobody can tell whether they are one or two.
    private static bool HasIdentity(Type type) => !type.IsValueType && type != typeof(string);
}
