using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Bayou.Kafka.Tests.Support;

/// <summary>
/// Encodes a record batch (format v2), without code of the client under test: <c>new RecordBatchBuilder().Add("v").Add("key", "value").Build()</c>.
/// </summary>
internal sealed class RecordBatchBuilder
{
    private readonly List<(int Offset, byte[] Bytes)> _records = [];
    private long _maxTimestamp = long.MinValue;
    private int _next;

    /// <summary>Offset of the first record. A scripted partition sets it when the batch is appended.</summary>
    public long BaseOffset { get; set; }

    /// <summary>Leader epoch of who wrote it. A scripted partition sets it when the batch is appended.</summary>
    public int LeaderEpoch { get; set; }

    /// <summary>Milliseconds since 1970; of records that have no timestamp of their own, and of what the others' deltas count from.</summary>
    public long Timestamp { get; init; } = 1_700_000_000_000;

    /// <summary>Says that the broker set the timestamp: all records have the largest one then.</summary>
    public bool IsLogAppendTime { get; init; }

    public long ProducerId { get; init; } = -1;

    public short ProducerEpoch { get; init; } = -1;

    public int FirstSequence { get; init; } = -1;

    public bool IsTransactional { get; init; }

    public bool IsControl { get; init; }

    /// <summary>Bits 0 to 2 of the attributes: 1 gzip, 2 snappy, 3 lz4, 4 zstd. <see cref="Compress"/> must do it.</summary>
    public short Codec { get; init; }

    /// <summary>What becomes of the encoded records.</summary>
    public Func<byte[], byte[]> Compress { get; init; } = records => records;

    /// <summary>Kind of a control batch's marker: true commits, false aborts, null is none.</summary>
    public bool? IsCommit { get; private init; }

    public int RecordCount => _records.Count;

    /// <summary>Offset after the last one.</summary>
    public long NextOffset => BaseOffset + _next;

    /// <summary>The marker that ends a producer's transaction well.</summary>
    public static RecordBatchBuilder Commit(long producerId) => Marker(producerId, isCommit: true);

    /// <summary>The marker that ends a producer's transaction as if it had not been.</summary>
    public static RecordBatchBuilder Abort(long producerId) => Marker(producerId, isCommit: false);

    public RecordBatchBuilder Add(string? value) => Add(null, value);

    public RecordBatchBuilder Add(string? key, string? value, params (string Name, string? Value)[] headers) =>
        Add(Bytes(key), Bytes(value), [.. headers.Select(header => (header.Name, Bytes(header.Value)))]);

    /// <param name="timestamp">Null for the batch's.</param>
    public RecordBatchBuilder Add(byte[]? key, byte[]? value, (string Name, byte[]? Value)[]? headers = null, long? timestamp = null)
    {
        var at = timestamp ?? Timestamp;
        _maxTimestamp = Math.Max(_maxTimestamp, at);
        using var body = new MemoryStream();
        body.WriteByte(0);
        WriteVarint(body, at - Timestamp);
        WriteVarint(body, _next);
        WriteBlob(body, key);
        WriteBlob(body, value);
        WriteVarint(body, headers?.Length ?? 0);
        foreach (var (name, content) in headers ?? [])
        {
            WriteBlob(body, Bytes(name));
            WriteBlob(body, content);
        }

        using var record = new MemoryStream();
        WriteVarint(record, body.Length);
        body.WriteTo(record);
        _records.Add((_next++, record.ToArray()));
        return this;
    }

    /// <summary>Leaves offsets out, as compaction does.</summary>
    public RecordBatchBuilder Skip(int offsets)
    {
        _next += offsets;
        return this;
    }

    public byte[] Build()
    {
        var records = Compress([.. _records.SelectMany(record => record.Bytes)]);
        var batch = new byte[61 + records.Length];
        BinaryPrimitives.WriteInt64BigEndian(batch, BaseOffset);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(8), batch.Length - 12);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(12), LeaderEpoch);
        batch[16] = 2;
        var attributes = (ushort)Codec | (IsLogAppendTime ? 8 : 0) | (IsTransactional ? 16 : 0) | (IsControl ? 32 : 0);
        BinaryPrimitives.WriteInt16BigEndian(batch.AsSpan(21), (short)attributes);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(23), _next - 1);
        BinaryPrimitives.WriteInt64BigEndian(batch.AsSpan(27), Timestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch.AsSpan(35), _records.Count == 0 ? Timestamp : _maxTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch.AsSpan(43), ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch.AsSpan(51), ProducerEpoch);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(53), FirstSequence);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(57), _records.Count);
        records.CopyTo(batch, 61);
        SetCrc(batch);
        return batch;
    }

    /// <summary>Makes a batch's checksum right again after a test changed something else in it.</summary>
    public static void SetCrc(Span<byte> batch)
    {
        var crc = uint.MaxValue;
        foreach (var next in batch[21..]) crc = BitOperations.Crc32C(crc, next);
        BinaryPrimitives.WriteUInt32BigEndian(batch[17..], ~crc);
    }

    private static RecordBatchBuilder Marker(long producerId, bool isCommit) =>
        new RecordBatchBuilder { ProducerId = producerId, ProducerEpoch = 0, IsTransactional = true, IsControl = true, IsCommit = isCommit }
            .Add([0, 0, 0, (byte)(isCommit ? 1 : 0)], new byte[6]);

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);

    private static void WriteBlob(MemoryStream to, byte[]? bytes)
    {
        WriteVarint(to, bytes?.Length ?? -1);
        to.Write(bytes);
    }

    private static void WriteVarint(MemoryStream to, long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        for (; rest >= 0x80; rest >>= 7) to.WriteByte((byte)(rest | 0x80));
        to.WriteByte((byte)rest);
    }
}
