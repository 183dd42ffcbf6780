using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Bayou.Parquet;

/// <summary>Decodes the values of pages, which are not trusted, into a <see cref="ValueStore"/>.</summary>
internal sealed class ValueDecoder(PhysicalType physical, ValueStore store, long limit)
{
    private const int StepValues = 4096;

    private ValueStore? _dictionary;

    /// <summary>Reads a dictionary page.</summary>
    public void ReadDictionary(PageHeader header, ReadOnlySpan<byte> page)
    {
        if (_dictionary is not null) throw new ParquetException("there is a second dictionary");
        if (header.Encoding is not (PageEncoding.Plain or PageEncoding.PlainDictionary) || physical == PhysicalType.Boolean)
            throw new ParquetException($"a dictionary of {physical} in encoding {header.Encoding} is not supported");
        _dictionary = new ValueStore(store.Width, limit);
        ReadPlain(new PageInput(page), header.Entries, _dictionary);
    }

    /// <summary>Reads the <paramref name="count"/> values of a data page.</summary>
    public void Read(PageEncoding encoding, ReadOnlySpan<byte> page, int count)
    {
        if (count == 0) return;
        var input = new PageInput(page);
        switch (encoding)
        {
            case PageEncoding.Plain:
                ReadPlain(input, count, store);
                break;
            case PageEncoding.PlainDictionary or PageEncoding.RleDictionary:
                ReadCodes(input, count);
                break;
            case PageEncoding.Rle when physical == PhysicalType.Boolean:
                ReadRuns(input, count);
                break;
            case PageEncoding.DeltaBinaryPacked when physical is PhysicalType.Int32 or PhysicalType.Int64:
                ReadDeltas(input, count);
                break;
            case PageEncoding.DeltaLengthByteArray when physical == PhysicalType.ByteArray:
                ReadLengths(input, count);
                break;
            case PageEncoding.DeltaByteArray when physical is PhysicalType.ByteArray or PhysicalType.FixedLenByteArray:
                ReadPrefixes(input, count);
                break;
            case PageEncoding.ByteStreamSplit when store.Width > 1:
                ReadStreams(input, count);
                break;
            default:
                throw new ParquetException($"encoding {encoding} of {physical} is not supported");
        }
    }

    /// <summary>Gives the memory up.</summary>
    public void Release() => _dictionary?.Release();

    private void ReadPlain(PageInput input, int count, ValueStore target)
    {
        if (physical == PhysicalType.ByteArray)
        {
            for (var i = 0; i < count; i++) target.AddBytes(input.Take(input.Length()));
            return;
        }

        if (physical != PhysicalType.Boolean)
        {
            var bytes = input.Take((long)count * store.Width);
            bytes.CopyTo(target.AddFixed(count));
            return;
        }

        var bits = input.Take((count + 7L) / 8);
        var room = target.AddFixed(count);
        for (var i = 0; i < count; i++) room[i] = (byte)(bits[i >> 3] >> (i & 7) & 1);
    }

    private void ReadCodes(PageInput input, int count)
    {
        var dictionary = _dictionary ?? throw new ParquetException("a page refers to a dictionary, but there is none");
        var width = input.Byte();
        var decoder = new RleDecoder(input.TakeRest(), width);
        Span<int> codes = stackalloc int[StepValues];
        for (; count > 0; count -= StepValues)
        {
            var step = codes[..Math.Min(count, StepValues)];
            decoder.Read(step);
            store.AddCodes(step, dictionary);
        }
    }

    private void ReadRuns(PageInput input, int count)
    {
        var decoder = new RleDecoder(input.Take(input.Length()), 1);
        Span<int> bits = stackalloc int[StepValues];
        for (; count > 0; count -= StepValues)
        {
            var step = bits[..Math.Min(count, StepValues)];
            decoder.Read(step);
            var room = store.AddFixed(step.Length);
            for (var i = 0; i < step.Length; i++) room[i] = (byte)(step[i] & 1);
        }
    }

    private void ReadDeltas(PageInput input, int count)
    {
        var values = Deltas(ref input, count);
        var room = store.AddFixed(count);
        if (physical == PhysicalType.Int64)
        {
            MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(room);
            return;
        }

        for (var i = 0; i < count; i++) BinaryPrimitives.WriteInt32LittleEndian(room[(i * 4)..], unchecked((int)values[i]));
    }

    private void ReadLengths(PageInput input, int count)
    {
        foreach (var length in Deltas(ref input, count)) store.AddBytes(input.Take(length));
    }

    private void ReadPrefixes(PageInput input, int count)
    {
        var prefixes = Deltas(ref input, count);
        var suffixes = Deltas(ref input, count);
        var last = Array.Empty<byte>();
        for (var i = 0; i < count; i++)
        {
            if (prefixes[i] < 0 || prefixes[i] > last.Length) throw new ParquetException("a value shares more with the one before than there is");
            var suffix = input.Take(suffixes[i]);
            var prefix = last.AsSpan(0, (int)prefixes[i]);
            if (store.Width == 0)
            {
                store.AddBytes(prefix, suffix);
            }
            else
            {
                if (prefix.Length + suffix.Length != store.Width) throw new ParquetException($"a value of {store.Width} bytes has another length");
                var room = store.AddFixed(1);
                prefix.CopyTo(room);
                suffix.CopyTo(room[prefix.Length..]);
            }

            last = [.. prefix, .. suffix];
        }
    }

    private void ReadStreams(PageInput input, int count)
    {
        var width = store.Width;
        var bytes = input.Take((long)count * width);
        var room = store.AddFixed(count);
        for (var part = 0; part < width; part++)
        {
            var stream = bytes.Slice(part * count, count);
            for (var i = 0; i < count; i++) room[i * width + part] = stream[i];
        }
    }

    private long[] Deltas(ref PageInput input, int count)
    {
        if ((long)count * sizeof(long) > limit) throw new ParquetException($"the decoded values exceed the limit of {limit} bytes");
        var values = new long[count];
        DeltaDecoder.Read(ref input, count, values);
        return values;
    }
}
