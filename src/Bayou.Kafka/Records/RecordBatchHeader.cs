using System.Buffers.Binary;
using Bayou.Sources;

namespace Bayou.Kafka.Records;

/// <summary>The header of a record batch of format v2 (Kafka's documentation, "Record Batch"). Nothing in it is checked.</summary>
internal readonly struct RecordBatchHeader
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 61;

    /// <summary>Where the bytes begin that the checksum covers; they end with the batch.</summary>
    public const int ChecksumStart = 21;

    /// <summary>Bytes in front of those that <see cref="BatchLength"/> counts.</summary>
    public const int LengthPrefix = 12;

    /// <summary>Where the format's version lies, in this format and all older ones.</summary>
    public const int MagicPosition = 16;

    private RecordBatchHeader(ReadOnlySpan<byte> bytes)
    {
        BaseOffset = BinaryPrimitives.ReadInt64BigEndian(bytes);
        BatchLength = BinaryPrimitives.ReadInt32BigEndian(bytes[8..]);
        PartitionLeaderEpoch = BinaryPrimitives.ReadInt32BigEndian(bytes[12..]);
        Magic = (sbyte)bytes[MagicPosition];
        Checksum = BinaryPrimitives.ReadUInt32BigEndian(bytes[17..]);
        Attributes = BinaryPrimitives.ReadInt16BigEndian(bytes[ChecksumStart..]);
        LastOffsetDelta = BinaryPrimitives.ReadInt32BigEndian(bytes[23..]);
        BaseTimestamp = BinaryPrimitives.ReadInt64BigEndian(bytes[27..]);
        MaxTimestamp = BinaryPrimitives.ReadInt64BigEndian(bytes[35..]);
        ProducerId = BinaryPrimitives.ReadInt64BigEndian(bytes[43..]);
        RecordCount = BinaryPrimitives.ReadInt32BigEndian(bytes[57..]);
    }

    /// <summary>Offset that the records' offset deltas count from.</summary>
    public long BaseOffset { get; }

    /// <summary>Bytes that follow the first <see cref="LengthPrefix"/>.</summary>
    public int BatchLength { get; }

    /// <summary>Epoch of the leader that wrote the batch; -1 when unknown.</summary>
    public int PartitionLeaderEpoch { get; }

    /// <summary>The format's version: 2.</summary>
    public sbyte Magic { get; }

    /// <summary>CRC-32C of everything from <see cref="ChecksumStart"/> on.</summary>
    public uint Checksum { get; }

    /// <summary>Compression, kind of timestamps, transaction and control flags.</summary>
    public short Attributes { get; }

    /// <summary>Offset delta of the last record that the batch had when it was written; compaction may have removed that record.</summary>
    public int LastOffsetDelta { get; }

    /// <summary>Timestamp that the records' timestamp deltas count from.</summary>
    public long BaseTimestamp { get; }

    /// <summary>The greatest timestamp; that of all records when <see cref="IsLogAppendTime"/>.</summary>
    public long MaxTimestamp { get; }

    /// <summary>The idempotent producer, or -1.</summary>
    public long ProducerId { get; }

    /// <summary>Number of records in the batch now.</summary>
    public int RecordCount { get; }

    /// <summary>How the records are compressed; numbers above <see cref="RecordCompression.Zstd"/> are unknown ones.</summary>
    public RecordCompression Compression => (RecordCompression)(Attributes & 7);

    /// <summary>True when the broker set the timestamps.</summary>
    public bool IsLogAppendTime => (Attributes & 8) != 0;

    /// <summary>True for a transaction's records and its markers.</summary>
    public bool IsTransactional => (Attributes & 16) != 0;

    /// <summary>True when the records are markers for readers and not anybody's data.</summary>
    public bool IsControl => (Attributes & 32) != 0;

    /// <summary>Offset of the last record as written.</summary>
    public long LastOffset => BaseOffset + LastOffsetDelta;

    /// <summary>Where reading resumes after the batch.</summary>
    public long NextOffset => OffsetRange.NextAfter(LastOffset);

    /// <summary>Bytes of the whole batch as it claims, with the header.</summary>
    public long TotalBytes => (long)LengthPrefix + BatchLength;

    /// <summary>Reads a header; false when there are fewer than <see cref="Size"/> bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RecordBatchHeader header)
    {
        header = bytes.Length < Size ? default : new RecordBatchHeader(bytes);
        return bytes.Length >= Size;
    }
}
