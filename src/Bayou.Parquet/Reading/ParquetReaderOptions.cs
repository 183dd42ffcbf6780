namespace Bayou.Parquet;

/// <summary>Limits of a reader, against files that claim more than they should.</summary>
public sealed class ParquetReaderOptions
{
    /// <summary>Most bytes that the footer may have. Default 64 MiB.</summary>
    public int FooterBytes { get; init; } = 64 << 20;

    /// <summary>Most bytes that one page may have, compressed or not. Default 256 MiB.</summary>
    public int PageBytes { get; init; } = 256 << 20;

    /// <summary>Most bytes that one column chunk may have once decoded, levels included. Default 1 GiB.</summary>
    public long ChunkBytes { get; init; } = 1L << 30;
}
