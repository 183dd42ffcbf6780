using System.Buffers.Binary;
using System.Text;

namespace Bayou.Kafka.Protocol;

/// <summary>
/// Reads the types of Kafka's protocol ("Protocol Primitive Types") out of a span, big-endian. When the data ends too early, or a length cannot
/// be true, <see cref="IsShort"/> becomes true and everything from there on reads as zero, empty or null: look once, at the end.
/// </summary>
/// <param name="data">The bytes, from the body's start.</param>
/// <param name="flexible">Whether the version has compact lengths and tagged fields.</param>
internal ref struct ProtocolReader(ReadOnlySpan<byte> data, bool flexible)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>True when more was read than there is.</summary>
    public bool IsShort { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _data.Length - Position;

    /// <summary>Takes <paramref name="count"/> bytes; empty when there are fewer or the count is negative.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        if (IsShort || (uint)count > (uint)Remaining)
        {
            IsShort = true;
            return default;
        }

        var taken = _data.Slice(Position, count);
        Position += count;
        return taken;
    }

    /// <summary>BOOLEAN.</summary>
    public bool ReadBoolean() => ReadInt8() != 0;

    /// <summary>INT8.</summary>
    public sbyte ReadInt8() => Take(1) is [var value] ? (sbyte)value : (sbyte)0;

    /// <summary>INT16.</summary>
    public short ReadInt16() => Take(2) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt16BigEndian(bytes) : (short)0;

    /// <summary>INT32.</summary>
    public int ReadInt32() => Take(4) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt32BigEndian(bytes) : 0;

    /// <summary>INT64.</summary>
    public long ReadInt64() => Take(8) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadInt64BigEndian(bytes) : 0;

    /// <summary>UUID.</summary>
    public Guid ReadUuid() => Take(16) is { IsEmpty: false } bytes ? new Guid(bytes, bigEndian: true) : Guid.Empty;

    /// <summary>UNSIGNED_VARINT.</summary>
    public uint ReadUnsignedVarint()
    {
        var value = 0u;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (Take(1) is not [var next]) return 0;
            value |= (uint)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }

        IsShort = true;
        return 0;
    }

    /// <summary>STRING or COMPACT_STRING; null reads as empty.</summary>
    public string ReadString() => ReadNullableString() ?? "";

    /// <summary>NULLABLE_STRING or COMPACT_NULLABLE_STRING.</summary>
    public string? ReadNullableString()
    {
        var length = flexible ? (long)ReadUnsignedVarint() - 1 : ReadInt16();
        return length < 0 ? null : Encoding.UTF8.GetString(Take((int)Math.Min(length, int.MaxValue)));
    }

    /// <summary>BYTES, COMPACT_BYTES or their nullable kinds; null reads as empty.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = flexible ? (long)ReadUnsignedVarint() - 1 : ReadInt32();
        return length < 0 ? default : Take((int)Math.Min(length, int.MaxValue));
    }

    /// <summary>
    /// The length of an ARRAY or COMPACT_ARRAY whose elements take at least <paramref name="leastBytes"/> bytes each: more than the rest of the data can hold is
    /// short. A null array reads as 0.
    /// </summary>
    public int ReadArrayLength(int leastBytes)
    {
        var length = flexible ? (long)ReadUnsignedVarint() - 1 : ReadInt32();
        if (length * leastBytes <= Remaining) return (int)Math.Max(0, length);
        IsShort = true;
        return 0;
    }

    /// <summary>Passes the tagged fields at the end of a structure, if the version has them.</summary>
    public void SkipTags()
    {
        for (var left = ReadTagCount(); left > 0 && !IsShort; left--) Take(ReadTag().Size);
    }

    /// <summary>Number of tagged fields that follow; 0 in versions that have none.</summary>
    public int ReadTagCount() => flexible ? (int)Math.Min(ReadUnsignedVarint(), int.MaxValue) : 0;

    /// <summary>A tagged field's number and the size of its content in bytes, which comes next.</summary>
    public (uint Tag, int Size) ReadTag()
    {
        var tag = ReadUnsignedVarint();
        return (tag, (int)Math.Min(ReadUnsignedVarint(), int.MaxValue));
    }
}
