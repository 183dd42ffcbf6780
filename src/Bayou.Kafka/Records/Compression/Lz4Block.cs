using System.Buffers.Binary;

namespace Bayou.Kafka.Records.Compression;

/// <summary>Decompresses blocks of LZ4 (<c>lz4_Block_format.md</c> of the LZ4 project).</summary>
internal static class Lz4Block
{
    private const int ShortestMatch = 4;

    /// <summary>Appends what the block decompresses to.</summary>
    /// <param name="input">The block.</param>
    /// <param name="output">Grows as needed.</param>
    /// <param name="window">Position in <paramref name="output"/> in front of which matches must not reach.</param>
    /// <param name="maxBytes">Most bytes that the block may become.</param>
    public static void Decompress(ReadOnlySpan<byte> input, DecompressedBytes output, int window, int maxBytes)
    {
        var read = 0;
        var end = output.End + (long)maxBytes;
        while (true)
        {
            if (read >= input.Length) throw Damaged();
            int token = input[read++];
            var literals = token >> 4;
            if (literals == 15) literals = ReadLength(input, ref read, literals);
            if (literals > input.Length - read || literals > end - output.End) throw Damaged();
            if (literals > 0)
            {
                if (output.Free < literals) output.Reserve(literals);
                MatchCopy.Literal(input, read, output.Array, output.End, literals);
                read += literals;
                output.Commit(literals);
            }

            // A block ends with literals.
            if (read == input.Length) return;
            if (input.Length - read < 2) throw Damaged();
            int distance = BinaryPrimitives.ReadUInt16LittleEndian(input[read..]);
            read += 2;
            var count = token & 15;
            if (count == 15) count = ReadLength(input, ref read, count);
            count += ShortestMatch;
            if (distance == 0 || distance > output.End - window || count > end - output.End) throw Damaged();
            if (output.Free < count) output.Reserve(count);
            MatchCopy.Match(output.Array, output.End, distance, count);
            output.Commit(count);
        }
    }

    // Bytes of 255 go on; the sum cannot overflow, as it is at most 255 times the input.
    private static int ReadLength(ReadOnlySpan<byte> input, ref int read, int length)
    {
        byte next;
        do
        {
            if (read >= input.Length) throw Damaged();
            next = input[read++];
            length += next;
        }
        while (next == 255);
        return length;
    }

    private static DecompressionException Damaged() => new("a block of its LZ4 data is damaged");
}
