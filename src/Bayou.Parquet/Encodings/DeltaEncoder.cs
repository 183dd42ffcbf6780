using System.Buffers.Binary;
using System.Numerics;

namespace Bayou.Parquet;

/// <summary>
/// Writes DELTA_BINARY_PACKED (<c>Encodings.md</c>, 5) in blocks of 128 values and miniblocks of 32. Offsets and times, which grow by little, take a byte or two
/// instead of eight.
/// </summary>
internal static class DeltaEncoder
{
    private const int BlockValues = 128;
    private const int MiniblockValues = 32;
    private const int Miniblocks = BlockValues / MiniblockValues;

    /// <summary>Bytes that <paramref name="values"/> would take, about: a sample of them is looked at.</summary>
    public static long Estimate(ReadOnlySpan<long> values)
    {
        const int Samples = 8;
        if (values.Length < 2) return long.MaxValue;
        Span<ulong> above = stackalloc ulong[BlockValues];
        long bits = 0, sampled = 0;
        var every = Math.Max(BlockValues, values.Length / Samples / BlockValues * BlockValues);
        for (var at = 1; at < values.Length; at += every)
        {
            var block = values[(at - 1)..Math.Min(values.Length, at + BlockValues)];
            Differences(block, above);
            for (var mini = 0; mini < block.Length - 1; mini += MiniblockValues) bits += MiniblockValues * (long)Width(above.Slice(mini, MiniblockValues)) + 8;
            bits += 64;
            sampled += block.Length - 1;
        }

        return bits / 8 * values.Length / sampled;
    }

    /// <summary>Appends <paramref name="values"/>.</summary>
    public static void Encode(ReadOnlySpan<long> values, ByteBuffer output)
    {
        output.AppendVarint(BlockValues);
        output.AppendVarint(Miniblocks);
        output.AppendVarint((ulong)values.Length);
        output.AppendVarint(Zigzag(values.IsEmpty ? 0 : values[0]));
        Span<ulong> above = stackalloc ulong[BlockValues];
        for (var at = 1; at < values.Length; at += BlockValues)
        {
            var block = values[(at - 1)..Math.Min(values.Length, at + BlockValues)];
            output.AppendVarint(Zigzag(Differences(block, above)));
            var used = (block.Length - 1 + MiniblockValues - 1) / MiniblockValues;
            var widths = output.Length;
            output.Add(Miniblocks).Clear();
            for (var mini = 0; mini < used; mini++)
            {
                var packed = above.Slice(mini * MiniblockValues, MiniblockValues);
                var width = Width(packed);
                output.Span[widths + mini] = (byte)width;
                Pack(packed, width, output);
            }
        }
    }

    // How far each difference lies above the least one, which is returned; zero behind the last.
    private static long Differences(ReadOnlySpan<long> block, Span<ulong> above)
    {
        var least = long.MaxValue;
        for (var i = 1; i < block.Length; i++) least = Math.Min(least, unchecked(block[i] - block[i - 1]));
        for (var i = 1; i < block.Length; i++) above[i - 1] = unchecked((ulong)(block[i] - block[i - 1] - least));
        above[(block.Length - 1)..].Clear();
        return least;
    }

    private static int Width(ReadOnlySpan<ulong> values)
    {
        var any = 0ul;
        foreach (var value in values) any |= value;
        return 64 - BitOperations.LeadingZeroCount(any);
    }

    private static void Pack(ReadOnlySpan<ulong> values, int width, ByteBuffer output)
    {
        var bytes = values.Length / 8 * width;
        var room = output.Reserve(bytes + sizeof(ulong));
        var (low, high) = (Math.Min(width, 32), Math.Max(0, width - 32));
        var mask = low == 32 ? uint.MaxValue : (1u << low) - 1;
        var (pending, bits, at) = (0ul, 0, 0);
        foreach (var value in values)
        {
            pending |= (ulong)((uint)value & mask) << bits;
            bits += low;
            if (bits >= 32) Flush(room);
            if (high == 0) continue;
            pending |= (value >> 32) << bits;
            bits += high;
            if (bits >= 32) Flush(room);
        }

        output.Commit(bytes);

        void Flush(Span<byte> to)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(to[at..], (uint)pending);
            pending >>= 32;
            bits -= 32;
            at += 4;
        }
    }

    private static ulong Zigzag(long value) => (ulong)((value << 1) ^ (value >> 63));
}
