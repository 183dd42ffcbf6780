using System.Buffers.Binary;
using Bayou.Kafka.Records.Compression;

namespace Bayou.Kafka.Tests.Records.Compression;

/// <summary>Writes LZ4 frames with every option that the format has. Its matches are found greedily.</summary>
internal sealed class Lz4Encoder
{
    public int BlockSizeCode { get; init; } = 4;

    /// <summary>How much of the input goes into one block, at most what the code stands for.</summary>
    public int BlockBytes { get; init; } = 64 * 1024;

    public bool Linked { get; init; }

    public bool BlockChecksums { get; init; }

    public bool ContentChecksum { get; init; }

    public bool Stored { get; init; }

    public ulong? ContentSize { get; init; }

    public byte ExtraFlags { get; init; }

    public byte[] Encode(byte[] data)
    {
        var frame = new MemoryStream();
        var header = new MemoryStream();
        header.WriteByte((byte)(0x40 | (Linked ? 0 : 0x20) | (BlockChecksums ? 0x10 : 0) | (ContentSize is null ? 0 : 8) | (ContentChecksum ? 4 : 0) | ExtraFlags));
        header.WriteByte((byte)(BlockSizeCode << 4));
        if (ContentSize is { } size) header.Write(BitConverter.GetBytes(size));
        frame.Write([0x04, 0x22, 0x4d, 0x18]);
        frame.Write(header.ToArray());
        frame.WriteByte((byte)(XxHash32.OfShort(header.ToArray()) >> 8));
        for (var start = 0; start < data.Length; start += BlockBytes)
        {
            var end = Math.Min(data.Length, start + BlockBytes);
            var block = Block(data, start, end, Linked ? 0 : start);
            var stored = Stored || block.Length > end - start;
            if (stored) block = data[start..end];
            Write(frame, (uint)block.Length | (stored ? 0x80000000 : 0));
            frame.Write(block);
            if (BlockChecksums) Write(frame, 0xdeadbeef);
        }

        Write(frame, 0);
        if (ContentChecksum) Write(frame, 0xdeadbeef);
        return frame.ToArray();
    }

    /// <summary>One block of <c>[start, end)</c>, whose matches reach back to <paramref name="window"/>.</summary>
    public static byte[] Block(byte[] data, int start, int end, int window)
    {
        var block = new MemoryStream();
        var seen = new Dictionary<uint, int>();
        for (var i = Math.Max(window, start - 60_000); i < start - 4; i++) seen[BitConverter.ToUInt32(data, i)] = i;
        var literal = start;
        // The format wants the last five bytes as literals, and no match to begin in the last twelve.
        for (var at = start; at < end - 12;)
        {
            var four = BitConverter.ToUInt32(data, at);
            var found = seen.TryGetValue(four, out var earlier) && at - earlier <= 65535;
            seen[four] = at;
            if (!found)
            {
                at++;
                continue;
            }

            var length = 4;
            while (at + length < end - 5 && data[earlier + length] == data[at + length]) length++;
            Sequence(block, data.AsSpan(literal, at - literal), at - earlier, length);
            at += length;
            literal = at;
        }

        Sequence(block, data.AsSpan(literal, end - literal), 0, 0);
        return block.ToArray();
    }

    private static void Sequence(MemoryStream block, ReadOnlySpan<byte> literals, int distance, int match)
    {
        var more = Math.Max(0, match - 4);
        block.WriteByte((byte)(Math.Min(15, literals.Length) << 4 | Math.Min(15, more)));
        Rest(block, literals.Length);
        block.Write(literals);
        if (match == 0) return;
        block.WriteByte((byte)distance);
        block.WriteByte((byte)(distance >> 8));
        Rest(block, more);
    }

    private static void Rest(MemoryStream block, int length)
    {
        if (length < 15) return;
        for (length -= 15; length >= 255; length -= 255) block.WriteByte(255);
        block.WriteByte((byte)length);
    }

    private static void Write(MemoryStream frame, uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        frame.Write(bytes);
    }
}
