using System.Buffers.Binary;

namespace Bayou.Kafka.Records;

/// <summary>Goes from batch to batch through a record set and checks of each header what can be checked without its records.</summary>
/// <param name="maxBatchBytes">Largest batch that is taken at all, in bytes.</param>
internal struct BatchCursor(int maxBatchBytes)
{
    private RecordBatchHeader _header;

    /// <summary>The batch's header, after <see cref="BatchStep.Batch"/>.</summary>
    public readonly RecordBatchHeader Header => _header;

    /// <summary>Where the current batch begins.</summary>
    public int Start { get; private set; }

    /// <summary>Bytes of all the whole batches so far; where the next one begins.</summary>
    public int WholeBytes { get; private set; }

    /// <summary>Where reading resumes after the whole batches so far; null before the first.</summary>
    public long? NextOffset { get; private set; }

    /// <summary>What is malformed, after <see cref="BatchStep.Malformed"/>.</summary>
    public RecordProblem? Problem { get; private set; }

    /// <summary>Goes to the next batch. After anything but <see cref="BatchStep.Batch"/> it stays where it is.</summary>
    public BatchStep MoveNext(ReadOnlySpan<byte> set)
    {
        var rest = set[WholeBytes..];
        if (rest.IsEmpty) return BatchStep.End;
        // Older formats have their version at the same place, but may be shorter than a header.
        if (rest.Length > RecordBatchHeader.MagicPosition && (sbyte)rest[RecordBatchHeader.MagicPosition] != 2)
            return Malformed(BinaryPrimitives.ReadInt64BigEndian(rest), CorruptRecordsKind.UnsupportedFormat, OtherFormat((sbyte)rest[RecordBatchHeader.MagicPosition]));
        if (!RecordBatchHeader.TryRead(rest, out var header)) return BatchStep.Incomplete;
        if (header.TotalBytes < RecordBatchHeader.Size)
            return Malformed(header.BaseOffset, CorruptRecordsKind.Corrupt, $"it claims a length of {header.BatchLength} bytes, less than its own header has");
        if (header.TotalBytes > maxBatchBytes)
            return Malformed(header.BaseOffset, CorruptRecordsKind.TooLarge, $"it claims {header.TotalBytes} bytes and {maxBatchBytes} are allowed (receive.message.max.bytes)");
        if (header.BaseOffset < 0 || header.LastOffsetDelta < 0 || header.BaseOffset > long.MaxValue - header.LastOffsetDelta - 1)
            return Malformed(header.BaseOffset, CorruptRecordsKind.Corrupt, $"it claims the impossible offsets {header.BaseOffset} plus {header.LastOffsetDelta}");
        if (header.BaseOffset < NextOffset)
            return Malformed(header.BaseOffset, CorruptRecordsKind.Corrupt, $"the batch before it ends at next offset {NextOffset}, so that offsets go backwards");
        if (header.TotalBytes > rest.Length) return BatchStep.Incomplete;
        _header = header;
        Start = WholeBytes;
        WholeBytes += (int)header.TotalBytes;
        NextOffset = header.NextOffset;
        return BatchStep.Batch;
    }

    private BatchStep Malformed(long offset, CorruptRecordsKind kind, string reason)
    {
        Problem = new RecordProblem(kind, offset, reason);
        return BatchStep.Malformed;
    }

    private static string OtherFormat(sbyte magic) => magic is 0 or 1
        ? $"it has message format v{magic}, which brokers wrote before Kafka 0.11; this client reads v2 only. Convert the topic (let it be written again by a broker with message format v2) or read it with librdkafka"
        : $"it has the unknown format {magic}";
}
