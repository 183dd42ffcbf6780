namespace Bayou.Kafka.Records.Compression;

/// <summary>Decompresses the records of one batch. The input is not trusted.</summary>
internal static class Decompressor
{
    /// <summary>Appends to <paramref name="output"/>, whose batch has begun, what <c>[start, start + length)</c> of <paramref name="array"/> decompresses to.</summary>
    /// <exception cref="DecompressionException">The input is damaged, too large, of an unknown kind, or a library is missing.</exception>
    public static void Decompress(RecordCompression compression, byte[] array, int start, int length, DecompressedBytes output)
    {
        switch (compression)
        {
            case RecordCompression.Gzip:
                Gzip.Decompress(array, start, length, output);
                break;
            case RecordCompression.Snappy:
                Snappy.Decompress(array.AsSpan(start, length), output);
                break;
            case RecordCompression.Lz4:
                Lz4Frame.Decompress(array.AsSpan(start, length), output);
                break;
            case RecordCompression.Zstd:
                Zstd.Decompress(array.AsSpan(start, length), output);
                break;
            default:
                throw new DecompressionException(CorruptRecordsKind.UnsupportedFormat, $"it is compressed in a way that this client does not know (number {(int)compression})");
        }
    }
}
