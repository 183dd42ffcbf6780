using System.Buffers.Binary;

namespace Bayou.Kafka.Records.Compression;

/// <summary>
/// Decompresses LZ4 frames (<c>lz4_Frame_format.md</c> of the LZ4 project). Checksums of blocks and content are passed over: the batch's own covers all bytes.
/// </summary>
internal static class Lz4Frame
{
    private const uint Magic = 0x184D2204;
    private const uint SkippableMagic = 0x184D2A50;
    private const uint StoredBlock = 0x80000000;

    /// <summary>Appends what the input decompresses to.</summary>
    public static void Decompress(ReadOnlySpan<byte> input, DecompressedBytes output)
    {
        var reader = new Lz4FrameReader(input);
        do
        {
            var magic = reader.ReadUInt32();
            if (magic == Magic) DecompressFrame(ref reader, output);
            else if ((magic & ~0xfu) == SkippableMagic) reader.Take(reader.ReadUInt32());
            else throw new DecompressionException($"its LZ4 data begins with 0x{magic:x8} and not as a frame does");
        }
        while (!reader.IsAtEnd);
    }

    private static void DecompressFrame(ref Lz4FrameReader reader, DecompressedBytes output)
    {
        var header = Lz4FrameHeader.Read(ref reader);
        var start = output.End;
        for (var size = reader.ReadUInt32(); size != 0; size = reader.ReadUInt32())
        {
            var block = reader.Take(size & ~StoredBlock);
            if (block.Length > header.MaxBlockBytes) throw new DecompressionException($"a block of its LZ4 data has {block.Length} bytes where {header.MaxBlockBytes} are allowed");
            if (header.HasBlockChecksums) reader.ReadUInt32();
            if ((size & StoredBlock) == 0)
            {
                Lz4Block.Decompress(block, output, header.AreBlocksLinked ? start : output.End, header.MaxBlockBytes);
            }
            else if (!block.IsEmpty)
            {
                block.CopyTo(output.Reserve(block.Length));
                output.Commit(block.Length);
            }
        }

        if (header.HasContentChecksum) reader.ReadUInt32();
        if (header.ContentBytes is { } claimed && claimed != (ulong)(output.End - start))
            throw new DecompressionException($"its LZ4 data claims to become {claimed} bytes and became {output.End - start}");
    }
}
