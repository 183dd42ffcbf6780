namespace Bayou.Parquet;

/// <summary>How files are written.</summary>
public sealed class ParquetWriterOptions
{
    /// <summary>Compression of pages: <see cref="CompressionCodec.Snappy"/> (default) or <see cref="CompressionCodec.Uncompressed"/>.</summary>
    public CompressionCodec Codec { get; init; } = CompressionCodec.Snappy;

    /// <summary>Bytes of values, before compression, after which a page ends. Default 1 MiB. Small pages compress worse; large ones cost readers memory.</summary>
    public int PageBytes { get; init; } = 1 << 20;

    /// <summary>Rows after which a page ends however few bytes they take. Default 65,536.</summary>
    public int PageRows { get; init; } = 65_536;

    /// <summary>Bytes of distinct values beyond which a column chunk goes on without dictionary. Default 1 MiB; 0 turns dictionaries off.</summary>
    public int DictionaryBytes { get; init; } = 1 << 20;

    /// <summary>
    /// Whether pages without dictionary may have the newer encodings: whole numbers of 64 bits as differences (DELTA_BINARY_PACKED) where that saves a third or more, byte
    /// arrays with their lengths apart (DELTA_LENGTH_BYTE_ARRAY). True unless said otherwise; readers from before about 2022 may know PLAIN alone.
    /// </summary>
    public bool DeltaEncodings { get; init; } = true;

    /// <summary>Longest minimum and maximum of byte arrays that is kept, in bytes; longer ones are cut. Default 128: 32 characters of any plane.</summary>
    public int StatisticsBytes { get; init; } = 128;

    /// <summary>The application that writes, as <c>name version number</c>.</summary>
    public string CreatedBy { get; init; } = "bayou version 0.1.0";
}
