using System.Buffers.Binary;

namespace Bayou.Parquet;

/// <summary>Decompresses Snappy's raw block format. The input is not trusted.</summary>
internal static class SnappyDecoder
{
    /// <summary>Decompresses <paramref name="source"/>, which must fill <paramref name="destination"/> exactly.</summary>
    /// <returns>False when the input is broken or of another length.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (!TryReadLength(source, out var length, out var read) || length != destination.Length) return false;
        var output = 0;
        while (read < source.Length)
        {
            var tag = source[read++];
            int count;
            int distance;
            switch (tag & 3)
            {
                case 0:
                    count = tag >> 2;
                    if (count >= 60)
                    {
                        var bytes = count - 59;
                        if (source.Length - read < bytes) return false;
                        count = (int)Math.Min(int.MaxValue - 1, Little(source.Slice(read, bytes)));
                        read += bytes;
                    }

                    count++;
                    if (source.Length - read < count || destination.Length - output < count) return false;
                    source.Slice(read, count).CopyTo(destination[output..]);
                    read += count;
                    output += count;
                    continue;
                case 1:
                    if (read >= source.Length) return false;
                    count = 4 + (tag >> 2 & 7);
                    distance = tag >> 5 << 8 | source[read++];
                    break;
                case 2:
                    if (source.Length - read < 2) return false;
                    count = 1 + (tag >> 2);
                    distance = BinaryPrimitives.ReadUInt16LittleEndian(source[read..]);
                    read += 2;
                    break;
                default:
                    if (source.Length - read < 4) return false;
                    count = 1 + (tag >> 2);
                    distance = (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(source[read..]));
                    read += 4;
                    break;
            }

            if (distance == 0 || distance > output || count > destination.Length - output) return false;
            Repeat(destination, output, distance, count);
            output += count;
        }

        return output == destination.Length;
    }

    /// <summary>Reads the length that the input claims to decompress to, and how many bytes tell it.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> source, out long length, out int read)
    {
        (length, read) = (0, 0);
        while (read < source.Length && read < 5)
        {
            var next = source[read];
            length |= (long)(next & 0x7F) << 7 * read++;
            if (next < 0x80) return length <= uint.MaxValue;
        }

        return false;
    }

    /// <summary>Copies within the output; where source and target overlap, what was just written is copied again.</summary>
    private static void Repeat(Span<byte> destination, int output, int distance, int count)
    {
        if (distance >= count)
        {
            destination.Slice(output - distance, count).CopyTo(destination[output..]);
            return;
        }

        if (distance == 1)
        {
            destination.Slice(output, count).Fill(destination[output - 1]);
            return;
        }

        for (var i = 0; i < count; i++) destination[output + i] = destination[output + i - distance];
    }

    private static uint Little(ReadOnlySpan<byte> bytes)
    {
        var value = 0u;
        for (var i = 0; i < bytes.Length; i++) value |= (uint)bytes[i] << 8 * i;
        return value;
    }
}
