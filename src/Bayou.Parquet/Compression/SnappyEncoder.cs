using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Bayou.Parquet;

/// <summary>
/// Compresses to Snappy's raw block format: the length as a varint, then literals and copies, as told by <c>format_description.txt</c> of the Snappy
/// project. The input is cut into pieces of 64 KiB, so that every distance fits two bytes. Keeps its hash table; not safe for concurrent use.
/// </summary>
internal sealed class SnappyEncoder
{
    private const int PieceBytes = 1 << 16;
    private const int TableBits = 14;

    /// <summary>Bytes at the end of a piece in which no match begins, so that eight bytes can always be read.</summary>
    private const int Tail = 15;

    private readonly ushort[] _table = new ushort[1 << TableBits];

    /// <summary>Most bytes that <paramref name="length"/> bytes can become.</summary>
    public static int MaxLength(int length) => checked(32 + length + length / 6);

    /// <summary>Compresses <paramref name="source"/> into <paramref name="destination"/>, which has room for <see cref="MaxLength"/>, and returns the length.</summary>
    public int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var at = 0;
        var left = (uint)source.Length;
        for (; left >= 0x80; left >>= 7) destination[at++] = (byte)(left | 0x80);
        destination[at++] = (byte)left;
        for (var start = 0; start < source.Length; start += PieceBytes)
        {
            var piece = source.Slice(start, Math.Min(PieceBytes, source.Length - start));
            at += EncodePiece(piece, destination[at..]);
        }

        return at;
    }

    private int EncodePiece(ReadOnlySpan<byte> piece, Span<byte> output)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)piece.Length) + 1, 8, TableBits);
        var table = _table.AsSpan(0, 1 << bits);
        table.Clear();
        var shift = 32 - bits;
        var (at, literal, position) = (0, 0, 1);
        var limit = piece.Length - Tail;
        while (position < limit)
        {
            // The longer nothing matches, the larger the steps: data that does not compress passes quickly.
            var candidate = 0;
            var misses = 32;
            for (; position < limit; position += misses++ >> 5)
            {
                var four = Four(piece, position);
                ref var slot = ref table[(int)(four * 0x1E35A7BDu >> shift)];
                candidate = slot;
                slot = (ushort)position;
                if (Four(piece, candidate) == four) break;
            }

            if (position >= limit) break;
            at += Literal(piece[literal..position], output[at..]);
            do
            {
                var length = 4 + MatchLength(piece, candidate + 4, position + 4);
                at += Copy(position - candidate, length, output[at..]);
                position += length;
                literal = position;
                if (position >= limit) break;
                table[(int)(Four(piece, position - 1) * 0x1E35A7BDu >> shift)] = (ushort)(position - 1);
                ref var slot = ref table[(int)(Four(piece, position) * 0x1E35A7BDu >> shift)];
                candidate = slot;
                slot = (ushort)position;
            }
            while (Four(piece, candidate) == Four(piece, position));
            position++;
        }

        return literal < piece.Length ? at + Literal(piece[literal..], output[at..]) : at;
    }

    private static int MatchLength(ReadOnlySpan<byte> piece, int earlier, int later)
    {
        var start = later;
        for (; later + 8 <= piece.Length; later += 8, earlier += 8)
        {
            var difference = Eight(piece, earlier) ^ Eight(piece, later);
            if (difference != 0) return later - start + (BitOperations.TrailingZeroCount(difference) >> 3);
        }

        for (; later < piece.Length && piece[earlier] == piece[later]; later++) earlier++;
        return later - start;
    }

    private static int Literal(ReadOnlySpan<byte> bytes, Span<byte> output)
    {
        if (bytes.IsEmpty) return 0;
        var less = bytes.Length - 1;
        var tag = 1;
        if (less < 60)
        {
            output[0] = (byte)(less << 2);
        }
        else if (less < 256)
        {
            (output[0], output[1], tag) = (60 << 2, (byte)less, 2);
        }
        else
        {
            output[0] = 61 << 2;
            BinaryPrimitives.WriteUInt16LittleEndian(output[1..], (ushort)less);
            tag = 3;
        }

        bytes.CopyTo(output[tag..]);
        return tag + bytes.Length;
    }

    private static int Copy(int distance, int length, Span<byte> output)
    {
        var at = 0;
        // What is left after a copy of 64 must be at least 4, which the short form needs.
        for (; length >= 68; length -= 64) at += LongCopy(distance, 64, output[at..]);
        if (length > 64)
        {
            at += LongCopy(distance, 60, output[at..]);
            length -= 60;
        }

        if (length > 11 || distance >= 2048) return at + LongCopy(distance, length, output[at..]);
        output[at] = (byte)(1 | (length - 4) << 2 | distance >> 8 << 5);
        output[at + 1] = (byte)distance;
        return at + 2;
    }

    private static int LongCopy(int distance, int length, Span<byte> output)
    {
        output[0] = (byte)(2 | (length - 1) << 2);
        BinaryPrimitives.WriteUInt16LittleEndian(output[1..], (ushort)distance);
        return 3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Four(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
