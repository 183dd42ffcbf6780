namespace Bayou.Parquet;

/// <summary>Booleans, each a byte of 0 or 1 in memory and a bit in the file.</summary>
internal sealed class BooleanEncoder(ParquetWriterOptions options) : ValueEncoder(options)
{
    private readonly BitBuffer _bits = new();
    private FixedBounds<byte> _chunk;
    private FixedBounds<byte> _file;

    /// <inheritdoc/>
    public override int DictionaryCount => 0;

    /// <inheritdoc/>
    public override int DictionaryBytes => 0;

    /// <inheritdoc/>
    protected override bool MayUseDictionary => false;

    /// <summary>Adds the values that are valid.</summary>
    public void Add(ReadOnlySpan<byte> values, ReadOnlySpan<byte> validity)
    {
        // Collected in the buffer that pages of other types are made of, so that the page counts its bytes.
        var start = Plain.Length;
        var room = Plain.Add(values.Length);
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            room[count] = values[i] == 0 ? (byte)0 : (byte)1;
            count += validity.IsEmpty ? 1 : validity[i];
        }

        Plain.TruncateTo(start + count);
        _chunk.Add(room[..count]);
    }

    /// <summary>Adds one value <paramref name="count"/> times.</summary>
    public void AddRun(byte value, int count)
    {
        if (count == 0) return;
        Plain.Add(count).Fill(value == 0 ? (byte)0 : (byte)1);
        _chunk.Add(Plain.Span[^1]);
    }

    /// <inheritdoc/>
    public override void Release()
    {
        base.Release();
        _bits.Release();
    }

    /// <inheritdoc/>
    public override void EncodeDictionary(ByteBuffer output) { }

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
    protected override long PlainBytes(long values) => (values + 7) / 8;

    /// <inheritdoc/>
    protected override void CodesToPlain() { }

    /// <inheritdoc/>
    protected override PageEncoding EncodeValues(ByteBuffer output)
    {
        _bits.Clear();
        _bits.Append(Plain.Span);
        output.Append(_bits.Bytes);
        return PageEncoding.Plain;
    }

    private static ColumnStatistics Describe(in FixedBounds<byte> bounds, long nulls) => bounds.Exists
        ? new ColumnStatistics { NullCount = nulls, Min = [bounds.Min], Max = [bounds.Max], IsMinExact = true, IsMaxExact = true }
        : new ColumnStatistics { NullCount = nulls };
}
