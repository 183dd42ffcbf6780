using System.Buffers.Binary;

namespace Bayou.Kafka.Records.Compression;

/// <summary>Decompresses Snappy, either one raw block or many in the framing of the Java library (Xerial), which most clients write.</summary>
internal static class Snappy
{
    // Two versions of 4 bytes each follow the framing's name.
    private const int FramingHeaderBytes = 16;

    private static ReadOnlySpan<byte> FramingName => [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0];

    /// <summary>Appends what the input decompresses to.</summary>
    public static void Decompress(ReadOnlySpan<byte> input, DecompressedBytes output)
    {
        if (input.Length < FramingHeaderBytes || !input.StartsWith(FramingName))
        {
            SnappyBlock.Decompress(input, output);
            return;
        }

        for (input = input[FramingHeaderBytes..]; !input.IsEmpty;)
        {
            var length = input.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32BigEndian(input);
            if (length < 0 || length > input.Length - sizeof(int))
                throw new DecompressionException($"a block of its Snappy data claims {length} bytes and {input.Length} are left");
            SnappyBlock.Decompress(input.Slice(sizeof(int), length), output);
            input = input[(sizeof(int) + length)..];
        }
    }
}
