using System.Buffers.Binary;

namespace Bayou.Parquet;

/// <summary>Reads what <see cref="RleEncoder"/> describes, from bytes that are not trusted.</summary>
internal ref struct RleDecoder
{
    private readonly int _width;
    private PageInput _input;
    private ReadOnlySpan<byte> _packed;
    private int _packedAt;
    private long _left;
    private int _value;

    /// <summary>A decoder of values of <paramref name="width"/> bits, 0 to 32.</summary>
    public RleDecoder(ReadOnlySpan<byte> bytes, int width)
    {
        if (width > 32) throw new ParquetException($"a page packs values of {width} bits");
        _input = new PageInput(bytes);
        _width = width;
    }

    /// <summary>Fills <paramref name="destination"/> with the next values.</summary>
    public void Read(scoped Span<int> destination)
    {
        while (!destination.IsEmpty)
        {
            if (_left == 0) NextRun();
            var count = (int)Math.Min(_left, destination.Length);
            if (_packed.IsEmpty) destination[..count].Fill(_value);
            else Unpack(destination[..count]);
            _left -= count;
            destination = destination[count..];
        }
    }

    private void NextRun()
    {
        var head = _input.Varint();
        if (head > uint.MaxValue) throw new ParquetException("a run is longer than any page");
        _left = (long)(head >> 1);
        _packed = default;
        if (_left == 0) throw new ParquetException("a run is empty");
        if ((head & 1) == 0)
        {
            _value = (int)ReadWhole(_input.Take((_width + 7) / 8));
            return;
        }

        // The last run of a page may be cut short: only the values that are there are packed.
        _packed = _input.Take(Math.Min(_left * _width, _input.Left));
        _left = _width == 0 ? _left * 8 : Math.Min(_left * 8, _packed.Length * 8L / _width);
        if (_left == 0) throw new ParquetException("a page ends within a run");
        _packedAt = 0;
        _value = 0;
    }

    private void Unpack(scoped Span<int> destination)
    {
        for (var i = 0; i < destination.Length; i++, _packedAt++)
        {
            var bit = (long)_packedAt * _width;
            var at = (int)(bit >> 3);
            destination[i] = at + 8 <= _packed.Length
                ? (int)(BinaryPrimitives.ReadUInt64LittleEndian(_packed[at..]) >> (int)(bit & 7) & (1ul << _width) - 1)
                : (int)BitUnpacker.At(_packed, _width, _packedAt);
        }
    }

    private static uint ReadWhole(ReadOnlySpan<byte> bytes)
    {
        var value = 0u;
        for (var i = 0; i < bytes.Length; i++) value |= (uint)bytes[i] << 8 * i;
        return value;
    }
}
