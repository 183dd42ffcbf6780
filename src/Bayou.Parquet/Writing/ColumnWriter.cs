namespace Bayou.Parquet;

/// <summary>Takes the values of one leaf. Values are copied before a call returns.</summary>
public sealed class ColumnWriter
{
    /// <summary>Most rows that go to the encoder at once: between, page and dictionary are looked after.</summary>
    internal const int StepRows = 4096;

    private readonly ParquetWriterOptions _options;
    private readonly PageSink _sink;
    private readonly ValueEncoder _values;
    private readonly LevelEncoder _levels;
    private readonly ByteBuffer _pages = new();
    private readonly ByteBuffer _dictionary = new();
    private long _entries;
    private long _nulls;
    private long _fileNulls;
    private long _uncompressed;
    private bool _plainPages;
    private PageEncoding? _deltaPages;

    internal ColumnWriter(LeafColumn column, ParquetWriterOptions options, PageSink sink)
    {
        (Column, _options, _sink) = (column, options, sink);
        _levels = new LevelEncoder(column);
        _values = ValueEncoders.For(column, options);
    }

    /// <summary>The leaf.</summary>
    public LeafColumn Column { get; }

    /// <summary>Rows in the row group so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Bytes that the chunk takes in memory, about.</summary>
    internal long BufferedBytes => _pages.Length + _values.PageBytes + (_values.UsesDictionary || _values.HasDictionaryPages ? _values.DictionaryBytes : 0);

    /// <summary>
    /// Appends rows to a flat column of fixed width: booleans as <see cref="byte"/> (0 or 1), <see cref="int"/>, <see cref="long"/>, <see cref="float"/>,
    /// <see cref="double"/>; decimals as <see cref="long"/> up to 18 digits (<see cref="int"/> is taken too where they are stored so) and as <see cref="Int128"/> above.
    /// </summary>
    /// <param name="values">One a row; what stands in the place of a null is ignored.</param>
    /// <param name="validity">One byte a row, 1 for a value and 0 for null; empty when there are no nulls.</param>
    /// <exception cref="InvalidOperationException">The column is not of that type, not flat, or required and there is a null.</exception>
    public void Append<T>(ReadOnlySpan<T> values, ReadOnlySpan<byte> validity = default) where T : unmanaged
    {
        CheckFlat(validity);
        if (!validity.IsEmpty && validity.Length != values.Length)
            throw new ArgumentException($"Column {Column.Path} got {values.Length} values, but validity of {validity.Length}.");
        for (var row = 0; row < values.Length;)
        {
            var count = Math.Min(values.Length - row, Step());
            var valid = validity.IsEmpty ? default : validity.Slice(row, count);
            ValueEncoders.Add(_values, Column, values.Slice(row, count), valid);
            AddLevels(count, valid);
            row += count;
        }
    }

    /// <summary>Appends the rows from <paramref name="firstRow"/> on to a flat column of bytes.</summary>
    /// <param name="ends">For each row, from row 0 on, where its value ends in <paramref name="data"/>; it begins where the one before ends.</param>
    /// <param name="data">The values, one after another.</param>
    /// <param name="validity">One byte a row, from row 0 on; empty when there are no nulls.</param>
    /// <param name="firstRow">Rows of <paramref name="ends"/> and <paramref name="validity"/> to leave out at the start.</param>
    /// <exception cref="InvalidOperationException">The column is not of bytes, not flat, or required and there is a null.</exception>
    public void AppendBytes(ReadOnlySpan<int> ends, ReadOnlySpan<byte> data, ReadOnlySpan<byte> validity = default, int firstRow = 0)
    {
        var encoder = ValueEncoders.As<BytesEncoder>(_values, Column, "bytes");
        CheckFlat(validity.IsEmpty ? default : validity[firstRow..]);
        if (!validity.IsEmpty && validity.Length != ends.Length)
            throw new ArgumentException($"Column {Column.Path} got {ends.Length} values, but validity of {validity.Length}.");
        for (var row = firstRow; row < ends.Length;)
        {
            var next = Math.Min(ends.Length, row + Step());
            // A step ends where the page's bytes are reached, but has one row at least.
            var full = (row == 0 ? 0L : ends[row - 1]) + _options.PageBytes - _values.PageBytes;
            if (ends[next - 1] > full) next = row + 1 + CountUpTo(ends[(row + 1)..next], full);
            encoder.Add(ends, data, validity, row, next);
            AddLevels(next - row, validity.IsEmpty ? default : validity[row..next]);
            row = next;
        }
    }

    /// <summary>Appends <paramref name="count"/> rows of one value of fixed width to a flat column.</summary>
    public void AppendConstant<T>(T value, int count) where T : unmanaged
    {
        CheckFlat(default);
        for (int step; count > 0; count -= step)
        {
            step = Math.Min(count, Step());
            ValueEncoders.AddRun(_values, Column, value, step);
            AddLevels(step, default);
        }
    }

    /// <summary>Appends <paramref name="count"/> rows of one value to a flat column of bytes.</summary>
    public void AppendConstantBytes(ReadOnlySpan<byte> value, int count)
    {
        var encoder = ValueEncoders.As<BytesEncoder>(_values, Column, "bytes");
        CheckFlat(default);
        for (int step; count > 0; count -= step)
        {
            step = Math.Min(count, Step());
            if (!_values.UsesDictionary) step = Math.Min(step, Math.Max(1, _options.PageBytes / (value.Length + 4)));
            encoder.AddRun(value, step);
            AddLevels(step, default);
        }
    }

    /// <summary>Appends <paramref name="count"/> nulls to a flat optional column.</summary>
    public void AppendNulls(int count)
    {
        CheckFlat(default);
        if (Column.MaxDefinitionLevel == 0) throw new InvalidOperationException($"Column {Column.Path} is required and got a null.");
        for (int step; count > 0; count -= step)
        {
            step = Math.Min(count, Step());
            _levels.AddRun(false, step);
            _nulls += step;
            _entries += step;
            Rows += step;
        }
    }

    /// <summary>Appends a value of fixed width to any column, nested or flat.</summary>
    /// <param name="value">The value; its definition level is the column's highest.</param>
    /// <param name="repetition">0 when it begins a row, else the level of the node that it repeats.</param>
    public void AppendEntry<T>(T value, int repetition = 0) where T : unmanaged
    {
        BeginEntry(repetition);
        ValueEncoders.AddRun(_values, Column, value, 1);
        AddEntry(Column.MaxDefinitionLevel, repetition);
    }

    /// <summary>Appends a value of bytes to any column, nested or flat; likewise.</summary>
    public void AppendEntryBytes(ReadOnlySpan<byte> value, int repetition = 0)
    {
        var encoder = ValueEncoders.As<BytesEncoder>(_values, Column, "bytes");
        BeginEntry(repetition);
        encoder.AddRun(value, 1);
        AddEntry(Column.MaxDefinitionLevel, repetition);
    }

    /// <summary>Appends an entry without a value to any column, nested or flat.</summary>
    /// <param name="definition">How many of the not required nodes on the way to the leaf are there, less than the column's highest.</param>
    /// <param name="repetition">0 when it begins a row, else the level of the node that it repeats.</param>
    public void AppendMissing(int definition, int repetition = 0)
    {
        if (definition < 0 || definition >= Column.MaxDefinitionLevel)
            throw new InvalidOperationException($"Column {Column.Path} has no missing entries of definition level {definition}.");
        BeginEntry(repetition);
        AddEntry(definition, repetition);
    }

    internal void BeginFile()
    {
        _values.TakeFileBounds(0);
        _fileNulls = 0;
        BeginChunk();
    }

    internal void BeginChunk()
    {
        _values.BeginChunk();
        _levels.Clear();
        _pages.Clear();
        _dictionary.Clear();
        (Rows, _entries, _nulls, _uncompressed, _plainPages, _deltaPages) = (0, 0, 0, 0, false, null);
    }

    /// <summary>Writes the chunk; <see cref="BeginChunk"/> is next.</summary>
    internal ChunkSummary EndChunk(Stream destination)
    {
        if (_levels.Entries > 0) EndPage();
        if (_values.HasDictionaryPages)
        {
            _values.EncodeDictionary(_sink.Page);
            _uncompressed += _sink.WriteDictionary(_dictionary, _values.DictionaryCount);
        }

        destination.Write(_dictionary.Span);
        destination.Write(_pages.Span);
        _fileNulls += _nulls;
        return new ChunkSummary(
            _entries, _uncompressed, _dictionary.Length + _pages.Length, _dictionary.Length, _plainPages, _deltaPages, _values.TakeChunkBounds(_nulls));
    }

    internal ColumnStatistics EndFile() => _values.TakeFileBounds(_fileNulls);

    internal void Release()
    {
        _values.Release();
        _levels.Release();
        _pages.Release();
        _dictionary.Release();
    }

    /// <summary>Makes room for rows: ends a page that is full, leaves a dictionary that is. Returns how many rows may be added.</summary>
    private int Step()
    {
        if (_levels.Entries >= _options.PageRows || _values.PageBytes >= _options.PageBytes) EndPage();
        if (_values.IsDictionaryFull)
        {
            if (_levels.Entries > 0) EndPage();
            if (_values.UsesDictionary) _values.LeaveDictionary();
        }

        return Math.Min(StepRows, Math.Max(1, _options.PageRows - _levels.Entries));
    }

    private void EndPage()
    {
        var entries = _levels.Entries;
        _levels.TakePage(_sink.Page);
        var encoding = _values.TakePage(_sink.Page);
        if (encoding == PageEncoding.Plain) _plainPages = true;
        else if (encoding != PageEncoding.RleDictionary) _deltaPages = encoding;
        _uncompressed += _sink.WriteData(_pages, entries, encoding);
    }

    private void AddLevels(int count, ReadOnlySpan<byte> validity)
    {
        var before = _levels.Values;
        if (validity.IsEmpty || Column.MaxDefinitionLevel == 0) _levels.AddRun(true, count);
        else _levels.Add(validity);
        _nulls += count - (_levels.Values - before);
        _entries += count;
        Rows += count;
    }

    private void BeginEntry(int repetition)
    {
        if (repetition < 0 || repetition > Column.MaxRepetitionLevel || (repetition > 0 && Rows == 0))
            throw new InvalidOperationException($"Column {Column.Path} cannot have repetition level {repetition} here.");
        if (repetition == 0) Step();
    }

    private void AddEntry(int definition, int repetition)
    {
        _levels.Add(definition, repetition);
        _entries++;
        if (definition < Column.MaxDefinitionLevel) _nulls++;
        if (repetition == 0) Rows++;
    }

    private void CheckFlat(ReadOnlySpan<byte> validity)
    {
        if (!Column.IsFlat) throw new InvalidOperationException($"Column {Column.Path} is nested: append it entry by entry.");
        if (Column.MaxDefinitionLevel == 0 && validity.Contains((byte)0))
            throw new InvalidOperationException($"Column {Column.Path} is required and got a null.");
    }

    private static int CountUpTo(ReadOnlySpan<int> ascending, long limit)
    {
        var (low, high) = (0, ascending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ascending[middle] <= limit) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
