namespace Bayou.Parquet;

/// <summary>
/// Reads DELTA_BINARY_PACKED (<c>Encodings.md</c>, 5): a first value, then differences in blocks, each with its least difference and, per miniblock, the
/// number of bits of what differences have above it. The bytes are not trusted.
/// </summary>
internal static class DeltaDecoder
{
    /// <summary>Reads a sequence of <paramref name="count"/> values into <paramref name="destination"/> and leaves the input behind it.</summary>
    public static void Read(ref PageInput input, int count, Span<long> destination)
    {
        var blockValues = input.Varint();
        var miniblocks = input.Varint();
        var total = input.Varint();
        var value = input.Zigzag();
        if (miniblocks == 0 || blockValues == 0 || blockValues > 1 << 24 || blockValues % miniblocks != 0 || blockValues / miniblocks % 8 != 0)
            throw new ParquetException($"a delta-encoded page has blocks of {blockValues} values in {miniblocks} miniblocks");
        if (total != (ulong)count) throw new ParquetException($"a delta-encoded page has {total} values where {count} are needed");
        if (count == 0) return;
        var perMiniblock = (int)(blockValues / miniblocks);
        destination[0] = value;
        for (var at = 1; at < count;)
        {
            var least = input.Zigzag();
            var widths = input.Take((long)miniblocks);
            for (var miniblock = 0; miniblock < widths.Length && at < count; miniblock++)
            {
                var width = widths[miniblock];
                if (width > 64) throw new ParquetException($"a delta-encoded page packs values of {width} bits");
                var packed = input.Take((long)perMiniblock * width / 8);
                for (var i = 0; i < perMiniblock && at < count; i++)
                {
                    value = unchecked(value + least + (long)BitUnpacker.At(packed, width, i));
                    destination[at++] = value;
                }
            }
        }
    }
}
