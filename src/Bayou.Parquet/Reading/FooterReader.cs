namespace Bayou.Parquet;

/// <summary>Reads the footer, <c>FileMetaData</c> of <c>parquet.thrift</c>, out of bytes that are not trusted.</summary>
internal sealed class FooterReader(long dataEnd)
{
    private readonly Dictionary<string, string> _keyValues = [];
    private readonly List<RowGroupInfo> _rowGroups = [];
    private ParquetSchema? _schema;

    /// <summary>The schema.</summary>
    public ParquetSchema Schema => _schema ?? throw new ParquetException("the footer has no schema");

    /// <summary>Rows in the file.</summary>
    public long Rows { get; private set; }

    /// <summary>The row groups.</summary>
    public IReadOnlyList<RowGroupInfo> RowGroups => _rowGroups;

    /// <summary>Key-value metadata.</summary>
    public IReadOnlyDictionary<string, string> KeyValues => _keyValues;

    /// <summary>The application that wrote the file.</summary>
    public string? CreatedBy { get; private set; }

    /// <summary>Reads the footer.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        var thrift = new ThriftReader(bytes);
        var outer = thrift.BeginStruct();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 2: _schema = SchemaReader.Read(ref thrift); break;
                case 3: Rows = thrift.Int64(); break;
                case 4: ReadRowGroups(ref thrift); break;
                case 5: ReadKeyValues(ref thrift); break;
                case 6: CreatedBy = thrift.Text(); break;
                default: thrift.Skip(); break;
            }
        }

        thrift.EndStruct(outer);
        var rows = 0L;
        foreach (var group in _rowGroups) rows = checked(rows + group.Rows);
        if (Schema.Leaves.Count == 0) throw new ParquetException("the footer has no columns");
        if (rows != Rows) throw new ParquetException($"the footer claims {Rows} rows, its row groups {rows}");
    }

    private void ReadKeyValues(ref ThriftReader thrift)
    {
        for (var left = thrift.List(ThriftType.Struct); left > 0; left--)
        {
            var (key, value) = ((string?)null, (string?)null);
            var outer = thrift.BeginStruct();
            while (thrift.NextField())
            {
                switch (thrift.Field)
                {
                    case 1: key = thrift.Text(); break;
                    case 2: value = thrift.Text(); break;
                    default: thrift.Skip(); break;
                }
            }

            thrift.EndStruct(outer);
            if (key is not null && value is not null) _keyValues[key] = value;
        }
    }

    private void ReadRowGroups(ref ThriftReader thrift)
    {
        for (var left = thrift.List(ThriftType.Struct); left > 0; left--)
        {
            var rows = -1L;
            var columns = new List<ColumnChunkInfo>();
            var outer = thrift.BeginStruct();
            while (thrift.NextField())
            {
                switch (thrift.Field)
                {
                    case 1: ReadColumns(ref thrift, columns); break;
                    case 3: rows = thrift.Int64(); break;
                    default: thrift.Skip(); break;
                }
            }

            thrift.EndStruct(outer);
            if (rows is < 0 or > 1L << 48) throw new ParquetException($"a row group has {rows} rows");
            if (columns.Count != Schema.Leaves.Count)
                throw new ParquetException($"a row group has {columns.Count} columns, the schema {Schema.Leaves.Count}");
            _rowGroups.Add(new RowGroupInfo(rows, columns));
            if (_rowGroups.Count > 1 << 15) throw new ParquetException("the footer has more than 32,768 row groups");
        }
    }

    private void ReadColumns(ref ThriftReader thrift, List<ColumnChunkInfo> columns)
    {
        for (var left = thrift.List(ThriftType.Struct); left > 0; left--)
        {
            ColumnChunkInfo? column = null;
            var outer = thrift.BeginStruct();
            while (thrift.NextField())
            {
                if (thrift.Field == 1) throw new ParquetException("a column lies in another file, which is not supported");
                if (thrift.Field == 3 && columns.Count < Schema.Leaves.Count) column = ReadColumn(ref thrift, Schema.Leaves[columns.Count]);
                else thrift.Skip();
            }

            thrift.EndStruct(outer);
            columns.Add(column ?? throw new ParquetException("a column has no metadata"));
        }
    }

    private ColumnChunkInfo ReadColumn(ref ThriftReader thrift, LeafColumn leaf)
    {
        var (physical, codec) = (-1, -1);
        var (entries, uncompressed, compressed, data, dictionary) = (-1L, -1L, -1L, -1L, 0L);
        var statistics = new ColumnStatistics();
        var outer = thrift.StructField();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 1: physical = thrift.Int32(); break;
                case 4: codec = thrift.Int32(); break;
                case 5: entries = thrift.Int64(); break;
                case 6: uncompressed = thrift.Int64(); break;
                case 7: compressed = thrift.Int64(); break;
                case 9: data = thrift.Int64(); break;
                case 11: dictionary = thrift.Int64(); break;
                case 12: statistics = StatisticsReader.Read(ref thrift, leaf); break;
                default: thrift.Skip(); break;
            }
        }

        thrift.EndStruct(outer);
        if (physical != (int)leaf.Physical) throw new ParquetException($"column {leaf.Path} is of {leaf.Physical} in the schema, but {physical} in a row group");
        // Some writers say 0 where there is no dictionary.
        var start = dictionary > 0 && dictionary < data ? dictionary : data;
        if (entries < 0 || compressed < 0 || start < 4 || start > dataEnd || compressed > dataEnd - start)
            throw new ParquetException($"column {leaf.Path} claims {entries} entries in {compressed} bytes from {start}, but the data ends at {dataEnd}");
        return new ColumnChunkInfo
        {
            Column = leaf,
            Codec = (CompressionCodec)codec,
            Entries = entries,
            CompressedBytes = compressed,
            UncompressedBytes = uncompressed,
            Statistics = statistics,
            Start = start,
        };
    }
}
