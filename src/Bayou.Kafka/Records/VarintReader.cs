using System.Runtime.CompilerServices;

namespace Bayou.Kafka.Records;

/// <summary>
/// Reads zig-zag variable-length integers and passes over bytes. When the data ends too early or an integer does not fit, <see cref="IsBroken"/> becomes true
/// and the position stays; what is read from there on means nothing, so that one look per record is enough.
/// </summary>
internal ref struct VarintReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _position;

    /// <summary>True when something could not be read.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _position;

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _data.Length - _position;

    /// <summary>A 32-bit integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadInt32()
    {
        // Most lengths and deltas take one byte or two.
        var at = _position;
        if (at < _data.Length - 1)
        {
            uint value = _data[at];
            if (value < 0x80)
            {
                _position = at + 1;
                return (int)(value >> 1) ^ -(int)(value & 1);
            }

            uint second = _data[at + 1];
            if (second < 0x80)
            {
                _position = at + 2;
                value = value & 0x7f | second << 7;
                return (int)(value >> 1) ^ -(int)(value & 1);
            }
        }

        return (int)ReadLong(maxBytes: 5, lastByteMax: 0x0f);
    }

    /// <summary>A 64-bit integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadInt64()
    {
        var at = _position;
        if (at < _data.Length && _data[at] < 0x80)
        {
            _position = at + 1;
            return _data[at] >> 1 ^ -(_data[at] & 1);
        }

        return ReadLong(maxBytes: 10, lastByteMax: 1);
    }

    /// <summary>Passes over <paramref name="count"/> bytes; none when it is negative, as null has no bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count)
    {
        if (count > _data.Length - _position) IsBroken = true;
        else if (count > 0) _position += count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long ReadLong(int maxBytes, byte lastByteMax)
    {
        var value = 0ul;
        for (var i = 0; i < maxBytes && _position + i < _data.Length; i++)
        {
            var next = _data[_position + i];
            if (i == maxBytes - 1 && next > lastByteMax) break;
            value |= (ulong)(next & 0x7f) << 7 * i;
            if (next >= 0x80) continue;
            _position += i + 1;
            return (long)(value >> 1) ^ -(long)(value & 1);
        }

        IsBroken = true;
        return 0;
    }
}
