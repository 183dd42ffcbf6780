using System.Buffers.Binary;

namespace Bayou.Parquet;

/// <summary>Values of one leaf that grow at the end: of fixed width one after another, of any length with their ends. Limited in bytes.</summary>
internal sealed class ValueStore(int width, long limit)
{
    private readonly ByteBuffer _data = new();
    private readonly IntBuffer _ends = new();

    /// <summary>Bytes of a value; 0 for values of any length.</summary>
    public int Width { get; } = width;

    /// <summary>Number of values.</summary>
    public int Count => Width == 0 ? _ends.Count : _data.Length / Width;

    /// <summary>Bytes taken.</summary>
    public long SizeBytes => _data.Length + (long)_ends.Count * sizeof(int);

    /// <summary>The bytes of the value at <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> this[int index] => Width == 0
        ? _data.Span[(index == 0 ? 0 : _ends.Span[index - 1]).._ends.Span[index]]
        : _data.Span.Slice(index * Width, Width);

    /// <summary>Room for <paramref name="count"/> values of fixed width, which are part of the store at once.</summary>
    public Span<byte> AddFixed(int count)
    {
        Charge((long)count * Width);
        return _data.Add(count * Width);
    }

    /// <summary>Appends a value of any length.</summary>
    public void AddBytes(ReadOnlySpan<byte> value)
    {
        Charge(value.Length + sizeof(int));
        _data.Append(value);
        _ends.Append(_data.Length);
    }

    /// <summary>Appends a value of any length that has two parts.</summary>
    public void AddBytes(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> suffix)
    {
        Charge((long)prefix.Length + suffix.Length + sizeof(int));
        var room = _data.Add(prefix.Length + suffix.Length);
        prefix.CopyTo(room);
        suffix.CopyTo(room[prefix.Length..]);
        _ends.Append(_data.Length);
    }

    /// <summary>Appends the values of <paramref name="dictionary"/>, of the same width, with the given codes.</summary>
    public void AddCodes(ReadOnlySpan<int> codes, ValueStore dictionary)
    {
        foreach (var code in codes)
            if ((uint)code >= (uint)dictionary.Count) throw new ParquetException($"code {code} is not in a dictionary of {dictionary.Count} values");
        if (Width == 0)
        {
            foreach (var code in codes) AddBytes(dictionary[code]);
            return;
        }

        var room = AddFixed(codes.Length);
        var values = dictionary._data.Span;
        switch (Width)
        {
            case sizeof(int):
                for (var i = 0; i < codes.Length; i++)
                    BinaryPrimitives.WriteInt32LittleEndian(room[(i * 4)..], BinaryPrimitives.ReadInt32LittleEndian(values[(codes[i] * 4)..]));
                break;
            case sizeof(long):
                for (var i = 0; i < codes.Length; i++)
                    BinaryPrimitives.WriteInt64LittleEndian(room[(i * 8)..], BinaryPrimitives.ReadInt64LittleEndian(values[(codes[i] * 8)..]));
                break;
            default:
                for (var i = 0; i < codes.Length; i++) dictionary[codes[i]].CopyTo(room[(i * Width)..]);
                break;
        }
    }

    /// <summary>Copies what there is, and empties the store.</summary>
    public (byte[] Data, int[] Ends) Take()
    {
        var taken = (_data.Span.ToArray(), _ends.Span.ToArray());
        Release();
        return taken;
    }

    /// <summary>Gives the memory up.</summary>
    public void Release()
    {
        _data.Release();
        _ends.Release();
    }

    private void Charge(long bytes)
    {
        if (SizeBytes + bytes > limit) throw new ParquetException($"the decoded values exceed the limit of {limit} bytes");
    }
}
