using System.Buffers.Binary;
using Bayou.Kafka.Records;
using Bayou.Kafka.Tests.Records.Compression;

namespace Bayou.Kafka.Tests.Records;

/// <summary>Encodes a record batch of format v2, right or, where a test sets a field, wrong; its checksum always fits.</summary>
internal sealed class EncodedBatch(long baseOffset)
{
    private readonly VarintBytes _records = new();
    private int _count;
    private int _lastDelta = -1;

    public RecordCompression Compression { get; init; }

    public short Flags { get; init; }

    public long BaseTimestamp { get; init; } = 1_700_000_000_000;

    public long MaxTimestamp { get; init; } = 1_700_000_000_999;

    public long ProducerId { get; init; } = -1;

    public int LeaderEpoch { get; init; } = 5;

    public int? Count { get; init; }

    public int? LastOffsetDelta { get; init; }

    /// <summary>Replaces the records, which are then neither encoded nor compressed here.</summary>
    public byte[]? Payload { get; init; }

    public const short LogAppendTime = 8;
    public const short Transactional = 16;
    public const short Control = 32;

    public long NextOffset => baseOffset + (LastOffsetDelta ?? Math.Max(_lastDelta, 0)) + 1;

    public EncodedBatch Add(string? key, string? value, int? delta = null, long timestampDelta = 0, params (string Key, string? Value)[] headers)
    {
        var record = new VarintBytes().Byte(0).Varint(timestampDelta).Varint(delta ?? _lastDelta + 1).Text(key).Text(value).Varint(headers.Length);
        foreach (var (name, content) in headers) record.Text(name).Text(content);
        return AddRaw(record.ToArray(), delta);
    }

    /// <summary>Adds a record's bytes, in front of which comes their length.</summary>
    public EncodedBatch AddRaw(byte[] record, int? delta = null)
    {
        _records.Varint(record.Length).Bytes(record);
        _lastDelta = delta ?? _lastDelta + 1;
        _count++;
        return this;
    }

    public EncodedBatch AddMany(int count, Func<int, string> value)
    {
        for (var i = 0; i < count; i++) Add($"k{i}", value(i));
        return this;
    }

    public byte[] ToArray()
    {
        var payload = Payload ?? Encoders.Encode(Compression, _records.ToArray());
        var batch = new byte[RecordBatchHeader.Size + payload.Length];
        BinaryPrimitives.WriteInt64BigEndian(batch, baseOffset);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(8), batch.Length - 12);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(12), LeaderEpoch);
        batch[16] = 2;
        BinaryPrimitives.WriteInt16BigEndian(batch.AsSpan(21), (short)(Flags + (int)Compression));
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(23), LastOffsetDelta ?? Math.Max(_lastDelta, 0));
        BinaryPrimitives.WriteInt64BigEndian(batch.AsSpan(27), BaseTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch.AsSpan(35), MaxTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch.AsSpan(43), ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch.AsSpan(51), -1);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(53), -1);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(57), Count ?? _count);
        payload.CopyTo(batch, RecordBatchHeader.Size);
        Seal(batch);
        return batch;
    }

    /// <summary>Makes the checksum fit what the batch has.</summary>
    public static void Seal(Span<byte> batch) => BinaryPrimitives.WriteUInt32BigEndian(batch[17..], Checksums.Crc32C(batch[RecordBatchHeader.ChecksumStart..]));

    /// <summary>The marker that ends a transaction: type 0 aborts, 1 commits.</summary>
    public static byte[] Marker(long offset, long producerId, short type) => new EncodedBatch(offset)
    {
        ProducerId = producerId,
        Flags = Transactional | Control,
    }.AddRaw(new VarintBytes().Byte(0).Varint(0).Varint(0).Varint(4).Bytes([0, 0, 0, (byte)type]).Varint(6).Bytes(new byte[6]).Varint(0).ToArray()).ToArray();
}
