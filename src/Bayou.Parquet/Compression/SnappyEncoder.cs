using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        ref var input = ref MemoryMarshal.GetReference(source);
        ref var output = ref MemoryMarshal.GetReference(destination);
        if (destination.Length < MaxLength(source.Length)) throw new ArgumentException("There is no room for what cannot be compressed.", nameof(destination));
        for (var start = 0; start < source.Length; start += PieceBytes)
            at += EncodePiece(ref Unsafe.Add(ref input, start), Math.Min(PieceBytes, source.Length - start), ref Unsafe.Add(ref output, at));
        return at;
    }

    // References instead of spans: every fourth instruction of this loop would be a check of bounds that hold by construction. Positions stay below `limit`, 15 bytes
    // before the piece's end; candidates lie before positions; and the output has room for the worst case, with 32 bytes to spare.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EncodePiece(ref byte piece, int length, ref byte output)
    {
        var bits = Math.Clamp(BitOperations.Log2((uint)length) + 1, 8, TableBits);
        _table.AsSpan(0, 1 << bits).Clear();
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        var shift = 32 - bits;
        var (at, literal, position) = (0, 0, 1);
        var limit = length - Tail;
        while (position < limit)
        {
            // The longer nothing matches, the larger the steps: data that does not compress passes quickly.
            int candidate;
            var misses = 32;
            while (true)
            {
                var four = Four(ref piece, position);
                ref var slot = ref Unsafe.Add(ref table, (nint)(four * 0x1E35A7BDu >> shift));
                candidate = slot;
                slot = (ushort)position;
                if (Four(ref piece, candidate) == four) break;
                position += misses++ >> 5;
                if (position >= limit) goto End;
            }

            at += Literal(ref Unsafe.Add(ref piece, literal), position - literal, ref Unsafe.Add(ref output, at));
            while (true)
            {
                var matched = 4 + MatchLength(ref piece, candidate + 4, position + 4, length);
                at += Copy(position - candidate, matched, ref Unsafe.Add(ref output, at));
                position += matched;
                literal = position;
                if (position >= limit) goto End;
                var eight = Eight(ref piece, position - 1);
                Unsafe.Add(ref table, (nint)((uint)eight * 0x1E35A7BDu >> shift)) = (ushort)(position - 1);
                var four = (uint)(eight >> 8);
                ref var slot = ref Unsafe.Add(ref table, (nint)(four * 0x1E35A7BDu >> shift));
                candidate = slot;
                slot = (ushort)position;
                if (Four(ref piece, candidate) != four) break;
            }

            position++;
        }

    End:
        return literal < length ? at + LongLiteral(ref Unsafe.Add(ref piece, literal), length - literal, ref Unsafe.Add(ref output, at)) : at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int MatchLength(ref byte piece, int earlier, int later, int end)
    {
        var start = later;
        for (; later + 8 <= end; later += 8, earlier += 8)
        {
            var difference = Eight(ref piece, earlier) ^ Eight(ref piece, later);
            if (difference != 0) return later - start + (BitOperations.TrailingZeroCount(difference) >> 3);
        }

        for (; later < end && Unsafe.Add(ref piece, earlier) == Unsafe.Add(ref piece, later); later++) earlier++;
        return later - start;
    }

    // Before a match, so that there are 15 bytes behind the literal in the piece, and in the output in any case.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Literal(ref byte bytes, int length, ref byte output)
    {
        if (length > Vector128<byte>.Count) return LongLiteral(ref bytes, length, ref output);
        output = (byte)((length - 1) << 2);
        Vector128.LoadUnsafe(ref bytes).StoreUnsafe(ref output, 1);
        return 1 + length;
    }

    private static int LongLiteral(ref byte bytes, int length, ref byte output)
    {
        var less = length - 1;
        var tag = 1;
        if (less < 60)
        {
            output = (byte)(less << 2);
        }
        else if (less < 256)
        {
            (output, Unsafe.Add(ref output, 1), tag) = (60 << 2, (byte)less, 2);
        }
        else
        {
            (output, Unsafe.Add(ref output, 1), Unsafe.Add(ref output, 2), tag) = (61 << 2, (byte)less, (byte)(less >> 8), 3);
        }

        Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref output, tag), ref bytes, (uint)length);
        return tag + length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Copy(int distance, int length, ref byte output)
    {
        if (length <= 11 && distance < 2048)
        {
            output = (byte)(1 | (length - 4) << 2 | distance >> 8 << 5);
            Unsafe.Add(ref output, 1) = (byte)distance;
            return 2;
        }

        return length <= 64 ? LongCopy(distance, length, ref output) : Copies(distance, length, ref output);
    }

    private static int Copies(int distance, int length, ref byte output)
    {
        var at = 0;
        // What is left after a copy of 64 must be at least 4, which the short form needs.
        for (; length >= 68; length -= 64) at += LongCopy(distance, 64, ref Unsafe.Add(ref output, at));
        if (length > 64)
        {
            at += LongCopy(distance, 60, ref Unsafe.Add(ref output, at));
            length -= 60;
        }

        return at + Copy(distance, length, ref Unsafe.Add(ref output, at));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LongCopy(int distance, int length, ref byte output)
    {
        output = (byte)(2 | (length - 1) << 2);
        Unsafe.Add(ref output, 1) = (byte)distance;
        Unsafe.Add(ref output, 2) = (byte)(distance >> 8);
        return 3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Four(ref byte bytes, int at) => Little(Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, at)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(ref byte bytes, int at) => Little(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, at)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Little(uint value) => BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Little(ulong value) => BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);
}
