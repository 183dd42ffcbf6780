using Bayou.Sources;

namespace Bayou.Kafka.Records;

/// <summary>Decodes the records of one batch. Pure. Every length, count and delta is checked, so that nothing which reads the entries can fail.</summary>
internal static class RecordDecoder
{
    /// <summary>Bytes of the smallest record: seven integers of one byte (its length among them).</summary>
    public const int SmallestRecordBytes = 7;

    /// <summary>Decodes as many records as <paramref name="entries"/> has room for, which must fill <paramref name="records"/> exactly.</summary>
    /// <param name="records">The uncompressed records.</param>
    /// <param name="header">The batch's header.</param>
    /// <param name="start">Where <paramref name="records"/> begins in the data that entries point into.</param>
    /// <param name="entries">Filled; contents are arbitrary after a failure.</param>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Decode(ReadOnlySpan<byte> records, in RecordBatchHeader header, int start, Span<RecordEntry> entries)
    {
        var reader = new VarintReader(records);
        var (baseOffset, lastDelta) = (header.BaseOffset, header.LastOffsetDelta);
        // With log-append time every record has the batch's.
        var (baseTimestamp, deltaMask) = header.IsLogAppendTime ? (header.MaxTimestamp, 0L) : (header.BaseTimestamp, -1L);
        var previous = -1;
        for (var i = 0; i < entries.Length; i++)
        {
            var length = reader.ReadInt32();
            if ((uint)length > (uint)reader.Remaining) return $"record {i} of {entries.Length} claims {length} bytes and {reader.Remaining} are left";
            var end = reader.Position + length;
            reader.Skip(1);
            var timestampDelta = reader.ReadInt64();
            var offsetDelta = reader.ReadInt32();
            var keyLength = reader.ReadInt32();
            var keyStart = reader.Position;
            reader.Skip(keyLength);
            var valueLength = reader.ReadInt32();
            var valueStart = reader.Position;
            reader.Skip(valueLength);
            var headers = reader.ReadInt32();
            var headersStart = reader.Position;
            if (headers != 0 && !SkipHeaders(ref reader, headers)) return $"the headers of record {i} of {entries.Length} do not fit into it";
            if (reader.IsBroken || reader.Position != end || keyLength < -1 || valueLength < -1)
                return $"the parts of record {i} of {entries.Length} (key of {keyLength} bytes, value of {valueLength}) do not make up its {length} bytes";
            if (offsetDelta <= previous || offsetDelta > lastDelta)
                return $"record {i} of {entries.Length} has offset delta {offsetDelta}, the one before {previous}, and the last may have {lastDelta}";
            previous = offsetDelta;
            entries[i] = new RecordEntry
            {
                Offset = baseOffset + offsetDelta,
                TimestampMilliseconds = baseTimestamp + (timestampDelta & deltaMask),
                KeyStart = start + keyStart,
                KeyLength = keyLength,
                ValueStart = start + valueStart,
                ValueLength = valueLength,
                HeadersStart = start + headersStart,
                HeadersLength = end - headersStart,
            };
        }

        return reader.Remaining == 0 ? null : $"{reader.Remaining} bytes follow the last of its {entries.Length} records";
    }

    // RecordHeaders has no way to tell that it met nonsense, so the headers are gone through here already.
    private static bool SkipHeaders(ref VarintReader reader, int count)
    {
        if (count < 0 || count > reader.Remaining / 2) return false;
        for (; count > 0; count--)
        {
            var key = reader.ReadInt32();
            reader.Skip(key);
            var value = reader.ReadInt32();
            reader.Skip(value);
            if (key < 0 || value < -1 || reader.IsBroken) return false;
        }

        return true;
    }
}
