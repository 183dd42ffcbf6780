using System.Text;

namespace Bayou.Kafka.Tests.Records;

/// <summary>Writes the parts of records.</summary>
internal sealed class VarintBytes
{
    private readonly MemoryStream _bytes = new();

    public VarintBytes Byte(byte value)
    {
        _bytes.WriteByte(value);
        return this;
    }

    public VarintBytes Bytes(params byte[] value)
    {
        _bytes.Write(value);
        return this;
    }

    public VarintBytes Varint(long value)
    {
        var left = (ulong)(value << 1 ^ value >> 63);
        for (; left >= 0x80; left >>= 7) _bytes.WriteByte((byte)(left | 0x80));
        _bytes.WriteByte((byte)left);
        return this;
    }

    public VarintBytes Text(string? value) => value is null ? Varint(-1) : Varint(Encoding.UTF8.GetByteCount(value)).Bytes(Encoding.UTF8.GetBytes(value));

    public byte[] ToArray() => _bytes.ToArray();
}
