using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Bayou.Parquet;

/// <summary>
/// Byte arrays of any length. Without a dictionary they are written lengths first, then all bytes (DELTA_LENGTH_BYTE_ARRAY): text is copied in one piece, lengths take next to
/// nothing, and compression is not kept busy with them. In the PLAIN encoding, where that is asked for, four bytes of length stand before each.
/// </summary>
internal sealed class BytesEncoder(ParquetWriterOptions options, bool isText) : ValueEncoder(options)
{
    private readonly BytesDictionary _dictionary = new();
    private readonly BytesBounds _chunk = new(options.StatisticsBytes, isText);
    private readonly BytesBounds _file = new(options.StatisticsBytes, isText);
    private readonly bool _apart = options.DeltaEncodings;
    private readonly ByteBuffer _lengths = new();
    private long _valueBytes;

    /// <inheritdoc/>
    public override int DictionaryCount => _dictionary.Count;

    /// <inheritdoc/>
    public override int DictionaryBytes => _dictionary.PlainBytes;

    /// <summary>Adds the values of the rows from <paramref name="first"/> to <paramref name="next"/> that are valid.</summary>
    public void Add(ReadOnlySpan<int> ends, ReadOnlySpan<byte> data, ReadOnlySpan<byte> validity, int first, int next)
    {
        var start = first == 0 ? 0 : ends[first - 1];
        if (UsesDictionary)
        {
            for (var row = first; row < next; row++)
            {
                var end = ends[row];
                if (validity.IsEmpty || validity[row] != 0) Codes.Append(Code(data[start..end]));
                start = end;
            }

            Review();
            return;
        }

        if (_apart)
        {
            AddApart(ends, data, validity, first, next);
            return;
        }

        var room = Plain.Reserve(ends[next - 1] - start + (next - first) * sizeof(int));
        var at = 0;
        for (var row = first; row < next; row++)
        {
            var end = ends[row];
            if (validity.IsEmpty || validity[row] != 0)
            {
                var value = data[start..end];
                BinaryPrimitives.WriteInt32LittleEndian(room[at..], value.Length);
                value.CopyTo(room[(at + 4)..]);
                at += 4 + value.Length;
                _chunk.Add(value);
            }

            start = end;
        }

        Plain.Commit(at);
    }

    /// <summary>Adds one value <paramref name="count"/> times.</summary>
    public void AddRun(ReadOnlySpan<byte> value, int count)
    {
        if (count == 0) return;
        if (UsesDictionary)
        {
            var code = Code(value);
            _valueBytes += (count - 1L) * value.Length;
            Codes.Reserve(count)[..count].Fill(code);
            Codes.Commit(count);
            Review();
            return;
        }

        for (var i = 0; i < count; i++) AddPlain(value);
        _chunk.Add(value);
    }

    /// <inheritdoc/>
    public override void BeginChunk()
    {
        base.BeginChunk();
        _dictionary.Clear();
        _lengths.Clear();
        _valueBytes = 0;
    }

    /// <inheritdoc/>
    public override void Release()
    {
        base.Release();
        _dictionary.Release();
        _lengths.Release();
    }

    /// <inheritdoc/>
    public override void EncodeDictionary(ByteBuffer output)
    {
        for (var code = 0; code < _dictionary.Count; code++)
        {
            var value = _dictionary[code];
            var room = output.Add(sizeof(int) + value.Length);
            BinaryPrimitives.WriteInt32LittleEndian(room, value.Length);
            value.CopyTo(room[sizeof(int)..]);
        }
    }

    /// <inheritdoc/>
    public override ColumnStatistics TakeChunkBounds(long nulls)
    {
        var taken = Describe(_chunk, nulls);
        _file.Add(_chunk);
        _chunk.Clear();
        return taken;
    }

    /// <inheritdoc/>
    public override ColumnStatistics TakeFileBounds(long nulls)
    {
        var taken = Describe(_file, nulls);
        _file.Clear();
        _chunk.Clear();
        return taken;
    }

    /// <inheritdoc/>
    protected override long PlainBytes(long values) => _valueBytes + values * sizeof(int);

    /// <inheritdoc/>
    protected override void CodesToPlain()
    {
        foreach (var code in Codes.Span) AddPlain(_dictionary[code]);
    }

    /// <inheritdoc/>
    protected override PageEncoding EncodeValues(ByteBuffer output)
    {
        if (!_apart || _lengths.Length == 0) return base.EncodeValues(output);
        DeltaEncoder.Encode(MemoryMarshal.Cast<byte, long>(_lengths.Span), output);
        output.Append(Plain.Span);
        _lengths.Clear();
        return PageEncoding.DeltaLengthByteArray;
    }

    private void AddApart(ReadOnlySpan<int> ends, ReadOnlySpan<byte> data, ReadOnlySpan<byte> validity, int first, int next)
    {
        var start = first == 0 ? 0 : ends[first - 1];
        if (validity.IsEmpty) Plain.Append(data[start..ends[next - 1]]);
        var lengths = MemoryMarshal.Cast<byte, long>(_lengths.Reserve((next - first) * sizeof(long)));
        var count = 0;
        for (var row = first; row < next; row++)
        {
            var end = ends[row];
            if (validity.IsEmpty || validity[row] != 0)
            {
                var value = data[start..end];
                if (!validity.IsEmpty) Plain.Append(value);
                lengths[count++] = value.Length;
                _chunk.Add(value);
            }

            start = end;
        }

        _lengths.Commit(count * sizeof(long));
    }

    private void AddPlain(ReadOnlySpan<byte> value)
    {
        if (_apart)
        {
            Plain.Append(value);
            MemoryMarshal.Cast<byte, long>(_lengths.Add(sizeof(long)))[0] = value.Length;
            return;
        }

        var room = Plain.Add(sizeof(int) + value.Length);
        BinaryPrimitives.WriteInt32LittleEndian(room, value.Length);
        value.CopyTo(room[sizeof(int)..]);
    }

    private int Code(ReadOnlySpan<byte> value)
    {
        var known = _dictionary.Count;
        var code = _dictionary.CodeOf(value);
        if (code == known) _chunk.Add(value);
        _valueBytes += value.Length;
        return code;
    }

    private static ColumnStatistics Describe(BytesBounds bounds, long nulls)
    {
        if (!bounds.Exists) return new ColumnStatistics { NullCount = nulls };
        return new ColumnStatistics
        {
            NullCount = nulls,
            Min = bounds.Min.ToArray(),
            Max = bounds.Max.ToArray(),
            IsMinExact = bounds.IsMinExact,
            IsMaxExact = bounds.IsMaxExact,
        };
    }
}
