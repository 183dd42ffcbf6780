using System.Buffers.Binary;
using Bayou.Kafka.Records;

namespace Bayou.Benchmarks.Micro.Events;

/// <summary>Encodes values as a broker sends them: one uncompressed record batch of format v2, without keys and headers.</summary>
internal static class RecordSet
{
    /// <summary>The batch, with the right checksum.</summary>
    public static byte[] Encode(IReadOnlyList<byte[]> values)
    {
        var batch = new MemoryStream();
        batch.Write(new byte[RecordBatchHeader.Size]);
        for (var i = 0; i < values.Count; i++)
        {
            var record = new MemoryStream();
            record.WriteByte(0);
            Varint(record, 0);
            Varint(record, i);
            Varint(record, -1);
            Varint(record, values[i].Length);
            record.Write(values[i]);
            Varint(record, 0);
            Varint(batch, record.Length);
            record.WriteTo(batch);
        }

        var bytes = batch.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), bytes.Length - RecordBatchHeader.LengthPrefix);
        bytes[RecordBatchHeader.MagicPosition] = 2;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(23), values.Count - 1);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(27), 1_700_000_000_000);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(35), 1_700_000_000_000);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(43), -1);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(57), values.Count);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(17), Crc32C.Compute(bytes.AsSpan(RecordBatchHeader.ChecksumStart)));
        return bytes;
    }

    private static void Varint(MemoryStream target, long value)
    {
        var left = (ulong)(value << 1 ^ value >> 63);
        for (; left >= 0x80; left >>= 7) target.WriteByte((byte)(left | 0x80));
        target.WriteByte((byte)left);
    }
}
