namespace Bayou.Parquet;

/// <summary>What the footer says of one column in one row group.</summary>
public sealed class ColumnChunkInfo
{
    /// <summary>The leaf.</summary>
    public required LeafColumn Column { get; init; }

    /// <summary>Compression of the pages.</summary>
    public CompressionCodec Codec { get; init; }

    /// <summary>Entries: values and what is missing.</summary>
    public long Entries { get; init; }

    /// <summary>Bytes of the pages in the file, headers included.</summary>
    public long CompressedBytes { get; init; }

    /// <summary>Bytes of the pages before compression, headers included.</summary>
    public long UncompressedBytes { get; init; }

    /// <summary>Statistics; without counts and bounds where the file has none that can be trusted.</summary>
    public required ColumnStatistics Statistics { get; init; }

    /// <summary>Where the first page begins, dictionary included.</summary>
    internal long Start { get; init; }
}
