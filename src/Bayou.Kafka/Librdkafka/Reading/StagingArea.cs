using System.Text;
using Bayou.Sources;
using Confluent.Kafka;

namespace Bayou.Kafka.Librdkafka.Reading;

/// <summary>
/// Takes the bytes of one record at a time out of librdkafka's memory: key, value, headers, in that order. The client deserializes
/// before it says which partition a record is of, so the bytes rest here until then. Used by one thread.
/// </summary>
internal sealed class StagingArea : IDeserializer<StagedPart>
{
    private byte[] _bytes = new byte[64 * 1024];
    private int _length;

    /// <summary>The bytes of the current record.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Forgets the current record.</summary>
    public void Clear() => _length = 0;

    /// <inheritdoc/>
    public StagedPart Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        // A key begins a record; one whose predecessor was dropped half-way must not leave bytes behind.
        if (context.Component == MessageComponentType.Key) Clear();
        var start = _length;
        data.CopyTo(Reserve(data.Length));
        return new StagedPart(start, isNull ? -1 : data.Length);
    }

    /// <summary>Adds the record's headers and says where all its parts lie.</summary>
    public RecordEntry Finish(long offset, Message<StagedPart, StagedPart> message)
    {
        var headersStart = _length;
        if (message.Headers is { Count: > 0 } headers)
            foreach (var header in headers) Write(header);
        return new RecordEntry
        {
            Offset = offset,
            TimestampMilliseconds = message.Timestamp.Type == TimestampType.NotAvailable ? -1 : message.Timestamp.UnixTimestampMs,
            KeyStart = message.Key.Start,
            KeyLength = message.Key.Length,
            ValueStart = message.Value.Start,
            ValueLength = message.Value.Length,
            HeadersStart = headersStart,
            HeadersLength = _length - headersStart,
        };
    }

    private void Write(IHeader header)
    {
        var keyLength = Encoding.UTF8.GetByteCount(header.Key);
        WriteLength(keyLength);
        Encoding.UTF8.GetBytes(header.Key, Reserve(keyLength));
        var value = header.GetValueBytes();
        WriteLength(value?.Length ?? -1);
        if (value is not null) value.CopyTo(Reserve(value.Length));
    }

    private void WriteLength(int length)
    {
        var rest = (uint)(length << 1) ^ (uint)(length >> 31);
        for (; rest >= 0x80; rest >>= 7) Reserve(1)[0] = (byte)(rest | 0x80);
        Reserve(1)[0] = (byte)rest;
    }

    private Span<byte> Reserve(int length)
    {
        if (_bytes.Length - _length < length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        var span = _bytes.AsSpan(_length, length);
        _length += length;
        return span;
    }
}
