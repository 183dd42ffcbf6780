using System.Buffers.Text;

namespace Bayou.Load;

/// <summary>Writes pieces of JSON text behind each other. The caller has made sure that they fit.</summary>
internal ref struct JsonCursor(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    public void Raw(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_target[Length..]);
        Length += text.Length;
    }

    public void Byte(byte value) => _target[Length++] = value;

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, _target[Length..], out var written);
        Length += written;
    }

    /// <summary>Decimal digits, with zeros in front.</summary>
    public void Digits(long value, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            _target[Length + i] = (byte)('0' + value % 10);
            value /= 10;
        }
        Length += count;
    }

    /// <summary>Sixteen hex digits.</summary>
    public void Hex(ulong value)
    {
        for (var i = 15; i >= 0; i--)
        {
            _target[Length + i] = "0123456789abcdef"u8[(int)(value & 15)];
            value >>= 4;
        }
        Length += 16;
    }

    /// <summary>An instant as <c>2026-01-31T08:00:00.123Z</c>.</summary>
    public void Instant(DateTime time)
    {
        var (year, month, day) = DateOnly.FromDateTime(time);
        Digits(year, 4);
        Byte((byte)'-');
        Digits(month, 2);
        Byte((byte)'-');
        Digits(day, 2);
        Byte((byte)'T');
        var milliseconds = time.TimeOfDay.Ticks / TimeSpan.TicksPerMillisecond;
        Digits(milliseconds / 3_600_000, 2);
        Byte((byte)':');
        Digits(milliseconds / 60_000 % 60, 2);
        Byte((byte)':');
        Digits(milliseconds / 1000 % 60, 2);
        Byte((byte)'.');
        Digits(milliseconds % 1000, 3);
        Byte((byte)'Z');
    }
}
