using System.IO.Compression;

namespace Bayou.Parquet;

/// <summary>Decompresses pages into a buffer of its own. The input is not trusted.</summary>
internal sealed class PageDecompressor
{
    private readonly ByteBuffer _output = new();

    /// <summary>The page, which must have <paramref name="length"/> bytes; valid until the next call.</summary>
    /// <param name="codec">Codec of the column chunk.</param>
    /// <param name="array">Array that holds the compressed bytes.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="compressed">How many there are.</param>
    /// <param name="length">How many bytes they become.</param>
    public ReadOnlySpan<byte> Decompress(CompressionCodec codec, byte[] array, int start, int compressed, int length)
    {
        var source = array.AsSpan(start, compressed);
        switch (codec)
        {
            case CompressionCodec.Uncompressed:
                if (compressed != length) throw new ParquetException($"an uncompressed page has {compressed} bytes and claims {length}");
                return source;
            case CompressionCodec.Snappy:
                return Snappy(source, length);
            case CompressionCodec.Gzip:
                return FromStream(new GZipStream(new MemoryStream(array, start, compressed, writable: false), CompressionMode.Decompress), length);
            case CompressionCodec.Brotli:
                return FromStream(new BrotliStream(new MemoryStream(array, start, compressed, writable: false), CompressionMode.Decompress), length);
            default:
                throw new ParquetException($"codec {codec} is not supported");
        }
    }

    /// <summary>Gives the memory up.</summary>
    public void Release() => _output.Release();

    private Span<byte> Snappy(ReadOnlySpan<byte> source, int length)
    {
        // Checked before room is made for it: three bytes become 64 at most.
        if (!SnappyDecoder.TryReadLength(source, out var claimed, out _) || claimed != length || length / 32 > source.Length)
            throw new ParquetException($"a Snappy page of {source.Length} bytes cannot become {length}");
        _output.Clear();
        var output = _output.Add(length);
        return SnappyDecoder.TryDecode(source, output) ? output : throw new ParquetException("a Snappy page is broken");
    }

    private Span<byte> FromStream(Stream stream, int length)
    {
        const int StepBytes = 1 << 16;
        using (stream)
        {
            _output.Clear();
            try
            {
                // One byte more than wanted is asked for, so that a page that is too long shows.
                while (_output.Length <= length)
                {
                    var read = stream.Read(_output.Reserve(StepBytes)[..Math.Min(StepBytes, length + 1 - _output.Length)]);
                    if (read == 0) break;
                    _output.Commit(read);
                }
            }
            catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException or IOException)
            {
                throw new ParquetException($"a compressed page is broken: {broken.Message}", broken);
            }
        }

        return _output.Length == length ? _output.Span : throw new ParquetException($"a compressed page does not become {length} bytes");
    }
}
