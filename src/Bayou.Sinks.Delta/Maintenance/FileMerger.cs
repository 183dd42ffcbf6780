using Bayou.Definitions;
using Bayou.Parquet;

namespace Bayou.Sinks.Delta;

/// <summary>Copies the rows of several data files into one, row group by row group and column by column, so that memory holds one row group at most.</summary>
internal sealed class FileMerger
{
    private const long RowGroupBytes = 64 << 20;

    private readonly ITableStorage _storage;
    private readonly DeltaSinkOptions _options;
    private readonly MetadataAction _metadata;
    private readonly ProtocolAction _protocol;
    private readonly List<TableColumn> _columns;
    private readonly List<DeltaColumn> _sources;
    private readonly List<TableColumn> _partitionColumns;

    private FileMerger(ITableStorage storage, DeltaSinkOptions options, TableSnapshot snapshot, List<TableColumn> all)
    {
        (_storage, _options, _metadata, _protocol) = (storage, options, snapshot.Metadata, snapshot.Protocol);
        _columns = [.. all.Where(column => !_metadata.PartitionColumns.Contains(column.Name))];
        _sources = [.. _columns.Select(column => new DeltaColumn(column.Name, DeltaTypes.NameOf(column.Type), column.Type, IsPartitionColumn: false))];
        _partitionColumns = [.. _metadata.PartitionColumns.Select(name => all.Find(column => column.Name == name))];
    }

    /// <summary>A merger of files of the table; null when it has a column, or asks for something, that this sink does not write.</summary>
    public static FileMerger? Create(ITableStorage storage, DeltaSinkOptions options, TableSnapshot snapshot)
    {
        var schema = DeltaSchema.Parse(snapshot.Metadata.SchemaString);
        ProtocolSupport.CheckWrite(snapshot, schema, storage.Location);
        List<TableColumn> all = [];
        foreach (var field in schema.Fields)
        {
            if (DeltaTypes.Parse(field.Type) is not { } type) return null;
            all.Add(new TableColumn(field.Name, type, Source: 0));
        }

        return new FileMerger(storage, options, snapshot, all);
    }

    /// <summary>True while merged files are what the table asks for.</summary>
    public bool Fits(TableSnapshot snapshot) =>
        ReferenceEquals(snapshot.Protocol, _protocol)
        && (ReferenceEquals(snapshot.Metadata, _metadata) || (snapshot.Metadata.Id == _metadata.Id && snapshot.Metadata.SchemaString == _metadata.SchemaString));

    /// <summary>Writes the rows of <paramref name="inputs"/>, which have the same partition values, to one new file.</summary>
    public void Merge(List<AddAction> inputs, DataFiles files, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var format = _options.WriterOptions;
        using var writer = new ParquetFileWriter(ParquetColumns.Schema(_columns), format);
        var values = inputs[0].PartitionValues;
        var folder = PartitionPath.Folder(_partitionColumns, [.. _partitionColumns.Select(column => values.GetValueOrDefault(column.Name))]);
        var path = $"{folder}part-00000-{Guid.NewGuid():D}-c000{(format.Codec == CompressionCodec.Snappy ? ".snappy" : "")}.parquet";
        files.Attempted.Add(path);
        ParquetFileInfo? info = null;
        _storage.Write(path, stream =>
        {
            writer.Begin(stream);
            foreach (var input in inputs) Copy(input, writer, cancellationToken);
            info = writer.Finish();
        });
        files.Add(new AddAction
        {
            Path = PartitionPath.ToUri(path),
            PartitionValues = values,
            Size = info!.Bytes,
            ModificationTime = now.ToUnixTimeMilliseconds(),
            DataChange = false,
            Stats = FileStatistics.Write(info, _columns, FileStatistics.ColumnsOf(_metadata)),
        }, info.Rows);
    }

    private void Copy(AddAction input, ParquetFileWriter writer, CancellationToken cancellationToken)
    {
        var file = new DeltaDataFile(DataPath.Resolve(input.Path, _storage.Location), input.Size, input.PartitionValues, input.Stats);
        using var stream = _storage.OpenRead(file.Path);
        using var reader = new ParquetReader(stream, file.Path);
        for (var group = 0; group < reader.RowGroups.Count; group++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < _columns.Count; i++) Append(writer.Columns[i], ValueReader.Read(reader, group, _sources[i], file), _columns[i].Type);
            if (writer.RowGroupRows >= _options.RowGroupRows || writer.RowGroupBytes >= RowGroupBytes) writer.EndRowGroup();
        }
    }

    private static void Append(ColumnWriter writer, DeltaValues values, ColumnType type)
    {
        switch (type.Kind)
        {
            case ColumnKind.Bool: writer.Append(values.Fixed<byte>(), values.Validity); break;
            case ColumnKind.Int or ColumnKind.Date: writer.Append(values.Fixed<int>(), values.Validity); break;
            case ColumnKind.Long or ColumnKind.Timestamp: writer.Append(values.Fixed<long>(), values.Validity); break;
            case ColumnKind.Float: writer.Append(values.Fixed<float>(), values.Validity); break;
            case ColumnKind.Double: writer.Append(values.Fixed<double>(), values.Validity); break;
            case ColumnKind.Decimal when type.Precision <= 18: writer.Append<long>(Array.ConvertAll(values.Fixed<Int128>().ToArray(), value => (long)value), values.Validity); break;
            case ColumnKind.Decimal: writer.Append(values.Fixed<Int128>(), values.Validity); break;
            default: writer.AppendBytes(values.Fixed<int>(), values.Data, values.Validity); break;
        }
    }
}
