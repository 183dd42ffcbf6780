namespace Bayou.Kafka.Records;

/// <summary>How a batch's records are compressed: the lowest three bits of its attributes.</summary>
internal enum RecordCompression
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Gzip.</summary>
    Gzip = 1,

    /// <summary>Snappy, raw or in Xerial's framing.</summary>
    Snappy = 2,

    /// <summary>LZ4 frames.</summary>
    Lz4 = 3,

    /// <summary>Zstandard.</summary>
    Zstd = 4,
}
