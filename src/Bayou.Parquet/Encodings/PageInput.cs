using System.Buffers.Binary;

namespace Bayou.Parquet;

/// <summary>A walk over the bytes of a page, which are not trusted. Errors are <see cref="ParquetException"/>; the caller adds file and column.</summary>
internal ref struct PageInput(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes passed.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes left.</summary>
    public readonly int Left => _bytes.Length - Position;

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Left) throw new ParquetException($"a page has {Left} bytes left where {count} are needed");
        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }

    /// <summary>All bytes that are left.</summary>
    public ReadOnlySpan<byte> TakeRest() => Take(Left);

    /// <summary>A byte.</summary>
    public int Byte() => Take(1)[0];

    /// <summary>A length in four bytes, little-endian.</summary>
    public int Length()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
        return length >= 0 ? length : throw new ParquetException($"a page has the length {length}");
    }

    /// <summary>A number of 7 bits a byte, the least first.</summary>
    public ulong Varint()
    {
        var value = 0ul;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new ParquetException("a number is longer than 10 bytes");
    }

    /// <summary>A signed number, as a varint whose lowest bit is the sign.</summary>
    public long Zigzag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}
