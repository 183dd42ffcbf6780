namespace Bayou.Parquet;

/// <summary>Takes numbers of a fixed number of bits out of bytes, the lowest bits first.</summary>
internal static class BitUnpacker
{
    /// <summary>The number of <paramref name="width"/> bits (0 to 64) at index <paramref name="index"/> of <paramref name="packed"/>.</summary>
    public static ulong At(ReadOnlySpan<byte> packed, int width, int index)
    {
        if (width == 0) return 0;
        var bit = (long)index * width;
        var at = (int)(bit >> 3);
        var shift = (int)(bit & 7);
        var value = 0ul;
        for (var filled = -shift; filled < width; filled += 8, at++)
            value |= filled < 0 ? (ulong)packed[at] >> -filled : (ulong)packed[at] << filled;
        return width == 64 ? value : value & (1ul << width) - 1;
    }
}
