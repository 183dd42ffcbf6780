using System.Buffers.Binary;
using System.Numerics;

namespace Bayou.Parquet;

/// <summary>Bits that grow at the end, the first in the lowest bit of the first byte: what the format calls bit-packed with a width of 1.</summary>
internal sealed class BitBuffer
{
    /// <summary>Multiplied with eight bytes of 0 or 1, gathers their bits in the highest byte.</summary>
    private const ulong Gather = 0x0102_0408_1020_4080;

    private readonly ByteBuffer _bytes = new();

    /// <summary>Number of bits.</summary>
    public int Count { get; private set; }

    /// <summary>The bits; those behind the last are zero.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>Appends <paramref name="count"/> times the same bit.</summary>
    public void AppendRun(bool bit, int count)
    {
        for (; count > 0 && (Count & 7) != 0; count--) AppendBit(bit ? 1 : 0);
        _bytes.Add(count >> 3).Fill(bit ? (byte)0xFF : (byte)0);
        Count += count & ~7;
        for (var rest = count & 7; rest > 0; rest--) AppendBit(bit ? 1 : 0);
    }

    /// <summary>Appends one bit a byte, each 0 or 1, and returns how many were 1.</summary>
    public int Append(ReadOnlySpan<byte> bits)
    {
        var ones = 0;
        var at = 0;
        for (; at < bits.Length && (Count & 7) != 0; at++) ones += AppendBit(bits[at]);
        var whole = (bits.Length - at) >> 3;
        foreach (ref var packed in _bytes.Add(whole))
        {
            packed = (byte)(BinaryPrimitives.ReadUInt64LittleEndian(bits[at..]) * Gather >> 56);
            ones += BitOperations.PopCount(packed);
            at += 8;
        }

        Count += whole * 8;
        for (; at < bits.Length; at++) ones += AppendBit(bits[at]);
        return ones;
    }

    /// <summary>Empties the buffer and keeps its memory.</summary>
    public void Clear()
    {
        _bytes.Clear();
        Count = 0;
    }

    /// <summary>Empties the buffer and returns its memory.</summary>
    public void Release()
    {
        _bytes.Release();
        Count = 0;
    }

    private int AppendBit(int bit)
    {
        if ((Count & 7) == 0) _bytes.AppendByte(0);
        _bytes.Span[^1] |= (byte)(bit << (Count & 7));
        Count++;
        return bit;
    }
}
