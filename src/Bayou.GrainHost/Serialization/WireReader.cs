using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>Bytes being read. Anything that does not fit throws <see cref="SerializerException"/>.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="runtime">The side that references are bound to; null: there can be none.</param>
internal sealed class WireReader(ReadOnlyMemory<byte> bytes, CallRuntime? runtime)
{
    private Dictionary<int, object?>? _places;
    private int _position;
    private int _unmade = -1;

    public CallRuntime? Runtime => runtime;

    /// <summary>How many bytes were read.</summary>
    public int Position => _position;

    public int Remaining => bytes.Length - _position;

    public byte ReadByte() => Take(1)[0];

    public ulong ReadVar()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new SerializerException("A number in a message is too long.");
    }

    /// <summary>Reads how many items of the given least size follow.</summary>
    public int ReadCount(int leastSize)
    {
        var count = ReadVar();
        if (count > (ulong)Remaining / (ulong)Math.Max(leastSize, 1) && !(leastSize == 0 && count <= int.MaxValue))
            throw new SerializerException($"A message announces {count} items and has only {Remaining} bytes left.");
        return (int)count;
    }

    public T ReadRaw<T>()
        where T : struct => MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()));

    public ReadOnlySpan<byte> ReadBytes(int count) => Take(count);

    public string ReadString() => Encoding.UTF8.GetString(Take(ReadCount(1)));

    /// <summary>Reads a length and returns the position after that many bytes.</summary>
    public int ReadEnd()
    {
        var length = ReadRaw<int>();
        if (length < 0 || length > Remaining) throw new SerializerException("A member of a message is longer than the message.");
        return _position + length;
    }

    /// <summary>An object begins at the place. Its codec says when it is made, so that what is inside it can refer to it.</summary>
    public void BeginObject(int place)
    {
        (_places ??= [])[place] = null;
        _unmade = place;
    }

    /// <summary>The object that was begun last is made, though not filled.</summary>
    public void Made(object value)
    {
        if (_unmade < 0) return;
        _places![_unmade] = value;
        _unmade = -1;
    }

    /// <summary>The object at the place is complete.</summary>
    public void EndObject(int place, object value)
    {
        _places![place] = value;
        _unmade = -1;
    }

    /// <summary>Reads where an object is, and returns it.</summary>
    public object ReadPlace() => _places?.GetValueOrDefault(ReadRaw<int>())
        ?? throw new SerializerException("A message refers to an object that it does not have, or to a collection inside itself.");

    public void SkipTo(int position) => _position = position;

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Remaining) throw new SerializerException("A message ends too early.");
        var taken = bytes.Span.Slice(_position, count);
        _position += count;
        return taken;
    }
}
