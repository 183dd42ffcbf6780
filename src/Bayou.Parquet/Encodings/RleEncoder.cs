using System.Buffers.Binary;

namespace Bayou.Parquet;

/// <summary>
/// The format's hybrid of run lengths and bit packing (<c>Encodings.md</c>, RLE = 3): runs with a varint head whose lowest bit says which; a repeated value
/// in whole bytes, or groups of eight packed values.
/// </summary>
internal static class RleEncoder
{
    /// <summary>Repetitions from which a run of its own is made.</summary>
    private const int LeastRun = 8;

    /// <summary>Bytes of 0x00 or 0xFF from which a run of its own is made among bits.</summary>
    private const int LeastRunBytes = 4;

    /// <summary>Appends <paramref name="values"/>, each below 2 to the power of <paramref name="width"/> (1 to 32).</summary>
    public static void Encode(ReadOnlySpan<int> values, int width, ByteBuffer output)
    {
        var (packed, at) = (0, 0);
        while (at < values.Length)
        {
            var same = values[at..].IndexOfAnyExcept(values[at]);
            var run = same < 0 ? values.Length - at : same;
            // The values packed before must be a multiple of eight: the run fills them up.
            var fill = (8 - ((at - packed) & 7)) & 7;
            if (run - fill < LeastRun)
            {
                at += run;
                continue;
            }

            Pack(values[packed..(at + fill)], width, output);
            Run(values[at], run - fill, width, output);
            at += run;
            packed = at;
        }

        Pack(values[packed..], width, output);
    }

    /// <summary>Appends bits as levels of width 1; <paramref name="ones"/> is how many of them are set.</summary>
    public static void EncodeBits(BitBuffer bits, int ones, ByteBuffer output)
    {
        if (ones == 0 || ones == bits.Count)
        {
            Run(ones == 0 ? 0 : 1, bits.Count, 1, output);
            return;
        }

        var bytes = bits.Bytes;
        var whole = bits.Count >> 3;
        var (packed, at) = (0, 0);
        while (at < whole)
        {
            var same = bytes[at..whole].IndexOfAnyExcept(bytes[at]);
            var run = same < 0 ? whole - at : same;
            if (run < LeastRunBytes || bytes[at] is not (0 or 0xFF))
            {
                at += run;
                continue;
            }

            PackBits(bytes[packed..at], output);
            Run(bytes[at] & 1, run * 8, 1, output);
            at += run;
            packed = at;
        }

        PackBits(bytes[packed..], output);
    }

    private static void PackBits(ReadOnlySpan<byte> bytes, ByteBuffer output)
    {
        if (bytes.IsEmpty) return;
        output.AppendVarint((ulong)bytes.Length << 1 | 1);
        output.Append(bytes);
    }

    private static void Run(int value, int count, int width, ByteBuffer output)
    {
        if (count == 0) return;
        output.AppendVarint((ulong)count << 1);
        for (var bit = 0; bit < width; bit += 8) output.AppendByte((byte)(value >> bit));
    }

    private static void Pack(ReadOnlySpan<int> values, int width, ByteBuffer output)
    {
        if (values.IsEmpty) return;
        var groups = (values.Length + 7) >> 3;
        output.AppendVarint((ulong)groups << 1 | 1);
        var bytes = groups * width;
        var room = output.Reserve(bytes + 8);
        var (pending, bits, at) = (0ul, 0, 0);
        foreach (var value in values)
        {
            pending |= (ulong)(uint)value << bits;
            bits += width;
            if (bits < 32) continue;
            BinaryPrimitives.WriteUInt32LittleEndian(room[at..], (uint)pending);
            pending >>= 32;
            bits -= 32;
            at += 4;
        }

        for (; at < bytes; at += 4, pending >>= 32) BinaryPrimitives.WriteUInt32LittleEndian(room[at..], (uint)pending);
        output.Commit(bytes);
    }
}
