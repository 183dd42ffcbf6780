using System.Buffers.Binary;

namespace Bayou.Kafka.Records.Compression;

/// <summary>Decompresses Snappy's raw block format, as told by <c>format_description.txt</c> of the Snappy project.</summary>
internal static class SnappyBlock
{
    /// <summary>No tag makes more than 64 bytes out of its 2 or more, but for literals, which are as long as they are.</summary>
    private const int MostExpansion = 32;

    /// <summary>Appends what the block decompresses to.</summary>
    public static void Decompress(ReadOnlySpan<byte> input, DecompressedBytes output)
    {
        if (!TryReadLength(input, out var length, out var read) || length / MostExpansion > input.Length)
            throw new DecompressionException($"{input.Length} bytes of its Snappy data cannot become {length}");
        if (length > 0)
        {
            output.Reserve((int)Math.Min(length, int.MaxValue));
            if (!TryDecode(input[read..], output.Array, output.End, (int)length)) throw new DecompressionException("its Snappy data is damaged");
            output.Commit((int)length);
        }
        else if (read != input.Length) throw new DecompressionException("its Snappy data is longer than it claims");
    }

    private static bool TryReadLength(ReadOnlySpan<byte> input, out long length, out int read)
    {
        (length, read) = (0, 0);
        while (read < input.Length && read < 5)
        {
            var next = input[read];
            length |= (long)(next & 0x7f) << 7 * read++;
            if (next < 0x80) return length <= int.MaxValue;
        }

        return false;
    }

    private static bool TryDecode(ReadOnlySpan<byte> input, byte[] array, int start, int length)
    {
        var (at, end, read) = (start, start + length, 0);
        while (read < input.Length)
        {
            int tag = input[read++];
            int count;
            int distance;
            switch (tag & 3)
            {
                case 0:
                    count = (tag >> 2) + 1;
                    if (count > 60 && !TryReadLiteralLength(input, ref read, ref count)) return false;
                    if (count > input.Length - read || count > end - at) return false;
                    MatchCopy.Literal(input, read, array, at, count);
                    read += count;
                    at += count;
                    continue;
                case 1:
                    if (read >= input.Length) return false;
                    count = 4 + (tag >> 2 & 7);
                    distance = tag >> 5 << 8 | input[read++];
                    break;
                case 2:
                    if (input.Length - read < 2) return false;
                    count = 1 + (tag >> 2);
                    distance = BinaryPrimitives.ReadUInt16LittleEndian(input[read..]);
                    read += 2;
                    break;
                default:
                    if (input.Length - read < 4) return false;
                    count = 1 + (tag >> 2);
                    distance = BinaryPrimitives.ReadInt32LittleEndian(input[read..]);
                    read += 4;
                    break;
            }

            if (distance <= 0 || distance > at - start || count > end - at) return false;
            MatchCopy.Match(array, at, distance, count);
            at += count;
        }

        return at == end;
    }

    // Tags of 61 to 64 stand for a length in the 1 to 4 bytes that follow.
    private static bool TryReadLiteralLength(ReadOnlySpan<byte> input, ref int read, ref int count)
    {
        var bytes = count - 60;
        if (input.Length - read < bytes) return false;
        var less = 0u;
        for (var i = 0; i < bytes; i++) less |= (uint)input[read++] << 8 * i;
        count = (int)less + 1;
        return less < int.MaxValue;
    }
}
