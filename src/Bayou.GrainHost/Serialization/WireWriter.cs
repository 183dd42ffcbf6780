using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Orleans.Serialization;

namespace Bayou.GrainHost;

/// <summary>Bytes being written. Integers are little-endian, or of variable length: seven bits in each byte, lowest first.</summary>
internal sealed class WireWriter
{
    // Deeper than any message; a cycle gets there.
    private const int MaxDepth = 256;
    private byte[] _buffer = new byte[256];
    private Dictionary<object, int>? _places;
    private int _depth, _start;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Length);

    public void Clear()
    {
        Length = 0;
        _depth = 0;
        _start = 0;
        _places?.Clear();
        if (_buffer.Length > 1 << 20) _buffer = new byte[256];
    }

    public void WriteByte(byte value) => Take(1)[0] = value;

    public void WriteVar(ulong value)
    {
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    public void WriteRaw<T>(in T value)
        where T : struct => MemoryMarshal.Write(Take(System.Runtime.CompilerServices.Unsafe.SizeOf<T>()), value);

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void WriteString(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteVar((ulong)length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    /// <summary>Leaves room for a length that is known only later.</summary>
    public int BeginLength()
    {
        Take(4);
        return Length;
    }

    /// <summary>Fills in how many bytes were written since.</summary>
    public void EndLength(int start) => BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start - 4), Length - start);

    /// <summary>A message begins here: where objects are in it is counted from here.</summary>
    public void BeginMessage() => _start = Length;

    /// <summary>Remembers that an object comes next, or, when it is in the message already, says where.</summary>
    public bool TryFindPlace(object value, out int place)
    {
        _places ??= new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        if (_places.TryGetValue(value, out place)) return true;
        _places.Add(value, Length - _start);
        return false;
    }

    public void Enter()
    {
        if (++_depth > MaxDepth) throw new SerializerException($"A message is nested more than {MaxDepth} deep; it may refer to itself through a collection.");
    }

    public void Leave() => _depth--;

    private Span<byte> Take(int count)
    {
        var start = Length;
        if (_buffer.Length - start < count) Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max((long)_buffer.Length * 2, (long)start + count)));
        Length = start + count;
        return _buffer.AsSpan(start, count);
    }
}
