namespace Bayou.Parquet;

/// <summary>How pages are compressed. The numbers are those of <c>CompressionCodec</c> in <c>parquet.thrift</c>.</summary>
public enum CompressionCodec
{
    /// <summary>Not at all.</summary>
    Uncompressed = 0,

    /// <summary>Snappy, raw block format.</summary>
    Snappy = 1,

    /// <summary>GZIP. Read only.</summary>
    Gzip = 2,

    /// <summary>LZO. Not supported.</summary>
    Lzo = 3,

    /// <summary>Brotli. Read only.</summary>
    Brotli = 4,

    /// <summary>LZ4 in Hadoop's framing. Not supported.</summary>
    Lz4 = 5,

    /// <summary>Zstandard. Not supported.</summary>
    Zstd = 6,

    /// <summary>LZ4, raw block format. Not supported.</summary>
    Lz4Raw = 7,
}
