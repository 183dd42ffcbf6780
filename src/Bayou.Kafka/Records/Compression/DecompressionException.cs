namespace Bayou.Kafka.Records.Compression;

/// <summary>Compressed records that do not decompress. The message is half a sentence that follows the batch's name.</summary>
internal sealed class DecompressionException(CorruptRecordsKind kind, string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>Damaged data, as most of them are.</summary>
    public DecompressionException(string reason, Exception? inner = null) : this(CorruptRecordsKind.Corrupt, reason, inner) { }

    /// <summary>What is in the way.</summary>
    public CorruptRecordsKind Kind => kind;
}
