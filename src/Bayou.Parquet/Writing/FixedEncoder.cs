using System.Numerics;
using System.Runtime.InteropServices;

namespace Bayou.Parquet;

/// <summary>
/// Values of fixed width. <see cref="Int128"/> stands for decimals of fixed length, which are big-endian in the file.
/// </summary>
/// <param name="options">How to write.</param>
/// <param name="width">Bytes of a value in the file.</param>
/// <param name="hasBounds">False when the values do not order as <typeparamref name="T"/> does.</param>
internal sealed class FixedEncoder<T>(ParquetWriterOptions options, int width, bool hasBounds) : ValueEncoder(options)
    where T : unmanaged, INumber<T>
{
    private readonly FixedDictionary<T> _dictionary = new();
    private readonly bool _mayUseDeltas = options.DeltaEncodings && typeof(T) == typeof(long) && width == sizeof(long);
    private FixedBounds<T> _chunk;
    private FixedBounds<T> _file;

    /// <inheritdoc/>
    public override int DictionaryCount => _dictionary.Count;

    /// <inheritdoc/>
    public override int DictionaryBytes => _dictionary.Count * width;

    /// <summary>Adds the values that are valid.</summary>
    public void Add(ReadOnlySpan<T> values, ReadOnlySpan<byte> validity)
    {
        if (!UsesDictionary) AddPlain(values, validity);
        else if (validity.IsEmpty) AddCodes(values);
        else AddCodes(values, validity);
        Review();
    }

    /// <summary>Adds one value <paramref name="count"/> times.</summary>
    public void AddRun(T value, int count)
    {
        if (count == 0) return;
        if (UsesDictionary)
        {
            Codes.Reserve(count)[..count].Fill(Code(value));
            Codes.Commit(count);
            Review();
            return;
        }

        MemoryMarshal.Cast<byte, T>(Plain.Add(count * SizeOf)).Fill(value);
        _chunk.Add(value);
    }

    /// <inheritdoc/>
    public override void BeginChunk()
    {
        base.BeginChunk();
        _dictionary.Clear();
    }

    /// <inheritdoc/>
    public override void Release()
    {
        base.Release();
        _dictionary.Release();
    }

    /// <inheritdoc/>
    public override void EncodeDictionary(ByteBuffer output) => Write(_dictionary.Values, output);

    /// <inheritdoc/>
    public override ColumnStatistics TakeChunkBounds(long nulls)
    {
        var taken = Describe(_chunk, nulls);
        _file.Add(in _chunk);
        _chunk = default;
        return taken;
    }

    /// <inheritdoc/>
    public override ColumnStatistics TakeFileBounds(long nulls)
    {
        var taken = Describe(_file, nulls);
        _file = _chunk = default;
        return taken;
    }

    /// <inheritdoc/>
    protected override long PlainBytes(long values) => values * width;

    /// <inheritdoc/>
    protected override PageEncoding EncodeValues(ByteBuffer output)
    {
        var values = MemoryMarshal.Cast<byte, T>(Plain.Span);
        if (_mayUseDeltas)
        {
            // Written so when it saves a third: then compression, too, has less to do.
            var integers = MemoryMarshal.Cast<T, long>(values);
            if (DeltaEncoder.Estimate(integers) * 3 <= Plain.Length * 2L)
            {
                DeltaEncoder.Encode(integers, output);
                return PageEncoding.DeltaBinaryPacked;
            }
        }

        Write(values, output);
        return PageEncoding.Plain;
    }

    /// <inheritdoc/>
    protected override void CodesToPlain()
    {
        var codes = Codes.Span;
        var values = _dictionary.Values;
        var room = MemoryMarshal.Cast<byte, T>(Plain.Add(codes.Length * SizeOf));
        for (var i = 0; i < codes.Length; i++) room[i] = values[codes[i]];
    }

    private static unsafe int SizeOf => sizeof(T);

    private void AddPlain(ReadOnlySpan<T> values, ReadOnlySpan<byte> validity)
    {
        if (validity.IsEmpty)
        {
            Plain.Append(values);
            _chunk.Add(values);
            return;
        }

        // Every value is written; one that is null is then written over by the next.
        var room = MemoryMarshal.Cast<byte, T>(Plain.Reserve(values.Length * SizeOf));
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            room[count] = values[i];
            count += validity[i];
        }

        Plain.Commit(count * SizeOf);
        _chunk.Add(room[..count]);
    }

    private void AddCodes(ReadOnlySpan<T> values)
    {
        var room = Codes.Reserve(values.Length);
        for (var i = 0; i < values.Length; i++) room[i] = Code(values[i]);
        Codes.Commit(values.Length);
    }

    private void AddCodes(ReadOnlySpan<T> values, ReadOnlySpan<byte> validity)
    {
        var room = Codes.Reserve(values.Length);
        var count = 0;
        for (var i = 0; i < values.Length; i++)
            if (validity[i] != 0) room[count++] = Code(values[i]);
        Codes.Commit(count);
    }

    private int Code(T value)
    {
        var known = _dictionary.Count;
        var code = _dictionary.CodeOf(value);
        if (code == known) _chunk.Add(value);
        return code;
    }

    private void Write(ReadOnlySpan<T> values, ByteBuffer output)
    {
        if (typeof(T) != typeof(Int128))
        {
            output.Append(values);
            return;
        }

        var room = output.Add(values.Length * width);
        foreach (var value in MemoryMarshal.Cast<T, Int128>(values))
        {
            BigEndian.Write(room[..width], value);
            room = room[width..];
        }
    }

    private ColumnStatistics Describe(in FixedBounds<T> bounds, long nulls)
    {
        if (!hasBounds || !bounds.Exists) return new ColumnStatistics { NullCount = nulls };
        return new ColumnStatistics { NullCount = nulls, Min = Bound(bounds.Min), Max = Bound(bounds.Max), IsMinExact = true, IsMaxExact = true };
    }

    private byte[] Bound(T value)
    {
        var bytes = new ByteBuffer();
        Write(new ReadOnlySpan<T>(in value), bytes);
        var bound = bytes.Span.ToArray();
        bytes.Release();
        return bound;
    }
}
