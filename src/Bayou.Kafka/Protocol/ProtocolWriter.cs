using System.Buffers.Binary;
using System.Text;

namespace Bayou.Kafka.Protocol;

/// <summary>Writes the types of Kafka's protocol ("Protocol Primitive Types"), big-endian, into a buffer that grows and is used again.</summary>
internal sealed class ProtocolWriter
{
    private byte[] _buffer = new byte[256];

    /// <summary>Whether compact lengths and tagged fields are written.</summary>
    public bool Flexible { get; set; }

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>Begins anew.</summary>
    public void Clear() => Length = 0;

    /// <summary>BOOLEAN.</summary>
    public void WriteBoolean(bool value) => WriteInt8(value ? (sbyte)1 : (sbyte)0);

    /// <summary>INT8.</summary>
    public void WriteInt8(sbyte value) => Reserve(1)[0] = (byte)value;

    /// <summary>INT16.</summary>
    public void WriteInt16(short value) => BinaryPrimitives.WriteInt16BigEndian(Reserve(2), value);

    /// <summary>INT32.</summary>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Reserve(4), value);

    /// <summary>INT64.</summary>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Reserve(8), value);

    /// <summary>UUID.</summary>
    public void WriteUuid(Guid value) => value.TryWriteBytes(Reserve(16), bigEndian: true, out _);

    /// <summary>UNSIGNED_VARINT.</summary>
    public void WriteUnsignedVarint(uint value)
    {
        for (; value >= 0x80; value >>= 7) Reserve(1)[0] = (byte)(value | 0x80);
        Reserve(1)[0] = (byte)value;
    }

    /// <summary>STRING, NULLABLE_STRING or their compact kinds.</summary>
    public void WriteString(string? value)
    {
        var length = value is null ? -1 : Encoding.UTF8.GetByteCount(value);
        if (Flexible) WriteUnsignedVarint((uint)(length + 1));
        else WriteInt16(checked((short)length));
        if (value is not null) Encoding.UTF8.GetBytes(value, Reserve(length));
    }

    /// <summary>BYTES or COMPACT_BYTES.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        if (Flexible) WriteUnsignedVarint((uint)value.Length + 1);
        else WriteInt32(value.Length);
        value.CopyTo(Reserve(value.Length));
    }

    /// <summary>The length of an ARRAY or COMPACT_ARRAY; -1 for null.</summary>
    public void WriteArrayLength(int length)
    {
        if (Flexible) WriteUnsignedVarint((uint)(length + 1));
        else WriteInt32(length);
    }

    /// <summary>Ends a structure without tagged fields.</summary>
    public void WriteNoTags()
    {
        if (Flexible) WriteUnsignedVarint(0);
    }

    /// <summary>Writes an INT32 over the one at <paramref name="position"/>.</summary>
    public void PatchInt32(int position, int value) => BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(position, 4), value);

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - Length < count) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
        var reserved = _buffer.AsSpan(Length, count);
        Length += count;
        return reserved;
    }
}
