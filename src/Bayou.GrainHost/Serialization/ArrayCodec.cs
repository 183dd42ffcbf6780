using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bayou.GrainHost;

/// <summary>Arrays; those of plain numbers as one block.</summary>
internal sealed class ArrayCodec<T> : Codec<T[]>
{
    private readonly Codec<T> _element = Codecs.Declared<T>();

    public override void Write(WireWriter writer, T[] value) => WriteSpan(writer, value);

    public override T[] Read(WireReader reader) => ReadArray(reader, true);

    public void WriteSpan(WireWriter writer, ReadOnlySpan<T> value)
    {
        writer.WriteVar((ulong)value.Length);
        if (Codecs.IsRaw(typeof(T)))
        {
            writer.WriteBytes(MemoryMarshal.CreateReadOnlySpan(
                ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(value)), checked(value.Length * Unsafe.SizeOf<T>())));
            return;
        }

        foreach (var element in value) _element.Write(writer, element);
    }

    public T[] ReadArray(WireReader reader) => ReadArray(reader, false);

    private T[] ReadArray(WireReader reader, bool isObject)
    {
        if (Codecs.IsRaw(typeof(T)))
        {
            var block = new T[reader.ReadCount(Unsafe.SizeOf<T>())];
            reader.ReadBytes(block.Length * Unsafe.SizeOf<T>()).CopyTo(
                MemoryMarshal.CreateSpan(ref Unsafe.As<T, byte>(ref MemoryMarshal.GetArrayDataReference(block)), block.Length * Unsafe.SizeOf<T>()));
            return block;
        }

        var array = new T[reader.ReadCount(1)];
        if (isObject) reader.Made(array);
        for (var index = 0; index < array.Length; index++) array[index] = _element.Read(reader);
        return array;
    }
}
