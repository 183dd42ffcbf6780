using Bayou.Parquet;

namespace Bayou.Sinks.Delta;

/// <summary>Options of a table that is written to Delta Lake.</summary>
public sealed class DeltaSinkOptions
{
    /// <summary>Value of <see cref="Compression"/>.</summary>
    public const string Snappy = "snappy";

    /// <summary>Value of <see cref="Compression"/>.</summary>
    public const string NoCompression = "none";

    /// <summary>Value of <see cref="Encoding"/>.</summary>
    public const string DeltaEncoding = "delta";

    /// <summary>Value of <see cref="Encoding"/>.</summary>
    public const string PlainEncoding = "plain";

    /// <summary>Name of the option <see cref="Path"/> in a pipeline file.</summary>
    public const string PathName = "path";

    /// <summary>Folder of the table. Made when it is missing.</summary>
    public required string Path { get; init; }

    /// <summary>Columns whose values become folders, in this order; none unless given. Must agree with a table that is there already.</summary>
    public IReadOnlyList<string> PartitionBy { get; init; } = [];

    /// <summary>
    /// Commits from one checkpoint to the next. Unless given, the table's property <c>delta.checkpointInterval</c>, else 100: with a commit every
    /// second a reader finds at most 100 small files behind the checkpoint. Small values (10 and less) write the list of all files often; large
    /// ones (1,000) make every opening of the table slow. 1 to 100,000.
    /// </summary>
    public int? CheckpointEvery { get; init; }

    /// <summary>
    /// Rows at which a row group ends, after the slice that reaches it. 1,000,000 unless given; at least 1,000. Small values compress badly and make
    /// scans slow, large ones make readers hold more in memory.
    /// </summary>
    public int RowGroupRows { get; init; } = 1_000_000;

    /// <summary>
    /// Size at which a data file ends, after the slice that reaches it, in bytes. 128 MiB unless given; at least 1 MiB. A commit never writes less than one file
    /// for each combination of partition values, however small.
    /// </summary>
    public long TargetFileBytes { get; init; } = 128L << 20;

    /// <summary><c>snappy</c> (the default) or <c>none</c>: less work for the processor, and files some times as large.</summary>
    public string Compression { get; init; } = Snappy;

    /// <summary>
    /// <c>delta</c> (the default) or <c>plain</c>: how columns that have too many values for a dictionary are encoded. <c>plain</c> is larger and slower, and read by everything.
    /// </summary>
    public string Encoding { get; init; } = DeltaEncoding;

    /// <summary>How data files are written.</summary>
    internal ParquetWriterOptions WriterOptions => new()
    {
        Codec = Compression == Snappy ? CompressionCodec.Snappy : CompressionCodec.Uncompressed,
        DeltaEncodings = Encoding == DeltaEncoding,
    };

    /// <summary>
    /// Commits from one compaction to the next, and small files with the same partition values from which they are merged. None unless given; 2 to 100,000. Small values
    /// (below 10) write every row several times; large ones leave readers with many small files.
    /// </summary>
    public int? Compact { get; init; }

    /// <summary>The default of <see cref="CheckpointEvery"/>.</summary>
    internal const int DefaultCheckpointEvery = 100;
}
