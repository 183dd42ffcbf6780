using Bayou.Definitions;
using Bayou.Parquet;

namespace Bayou.Sinks.Delta;

/// <summary>
/// A Delta table as of its latest version, to be read row group by row group. Each row group is decoded when it is reached; nothing is cached. Not safe for concurrent use.
/// </summary>
public sealed class DeltaTableReader
{
    private readonly ITableStorage _storage;
    private readonly TableSnapshot _snapshot;

    private DeltaTableReader(ITableStorage storage, TableSnapshot snapshot, DeltaSchema schema)
    {
        (_storage, _snapshot) = (storage, snapshot);
        Version = snapshot.Version;
        PartitionColumns = snapshot.Metadata.PartitionColumns;
        Properties = snapshot.Metadata.Configuration;
        Transactions = snapshot.Txns.Values.ToDictionary(txn => txn.AppId, txn => txn.Version, StringComparer.Ordinal);
        Columns = [.. schema.Fields.Select(field => new DeltaColumn(field.Name, field.Type, TypeOf(field.Type), PartitionColumns.Contains(field.Name)))];
        Files = [.. snapshot.Files!.Active.Select(add => new DeltaDataFile(DataPath.Resolve(add.Path, storage.Location), add.Size, add.PartitionValues, add.Stats))];
    }

    /// <summary>The version that was read, from 0.</summary>
    public long Version { get; }

    /// <summary>The columns, in the schema's order.</summary>
    public IReadOnlyList<DeltaColumn> Columns { get; }

    /// <summary>Names of the partition columns.</summary>
    public IReadOnlyList<string> PartitionColumns { get; }

    /// <summary>The table's properties.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>The version of each application's last transaction: for a cursor of Bayou's, its next offset.</summary>
    public IReadOnlyDictionary<string, long> Transactions { get; }

    /// <summary>The data files that make up the version.</summary>
    public IReadOnlyList<DeltaDataFile> Files { get; }

    /// <summary>True when there is a Delta table at <paramref name="path"/>.</summary>
    public static bool Exists(string path) =>
        new LocalTableStorage(path).List(LogNames.Folder).Any(name => LogNames.ParseCommit(name) is not null || LogNames.ParseCheckpoint(name) is not null);

    /// <summary>Opens the table at <paramref name="path"/> at its latest version.</summary>
    /// <exception cref="SinkException">There is no table, its log cannot be read, or it uses a feature that is not supported.</exception>
    public static DeltaTableReader Open(string path) => Open(new LocalTableStorage(path));

    internal static DeltaTableReader Open(ITableStorage storage)
    {
        var snapshot = new TableLog(storage, withFiles: true).Refresh()
            ?? throw new SinkException(SinkErrorKind.Fatal, $"There is no Delta table at {storage.Location}: its folder {LogNames.Folder} has no commits. Nothing was read.");
        if (snapshot.Files!.Active.FirstOrDefault(add => add.HasDeletionVector) is { } file)
            throw new SinkException(SinkErrorKind.Fatal,
                $"Delta table {storage.Location}: rows of {file.Path} are deleted by a deletion vector, which is not supported. Nothing was read; purge the table (REORG TABLE ... APPLY (PURGE)) and read it again.");
        try
        {
            return new DeltaTableReader(storage, snapshot, DeltaSchema.Parse(snapshot.Metadata.SchemaString));
        }
        catch (FormatException exception)
        {
            throw new SinkException(SinkErrorKind.Fatal, $"Delta table {storage.Location}: {exception.Message} Nothing was read.", exception);
        }
    }

    /// <summary>The cursors and definition that this version of the table holds for one of a pipeline's tables, as the sink reads them.</summary>
    /// <exception cref="SinkException">What is kept in the table's properties is not what the sink writes there.</exception>
    public SinkState StateOf(string pipeline, string owner) => new OwnerState(pipeline, owner).Read(_snapshot);

    /// <summary>The column of that name, or null.</summary>
    public DeltaColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>Reads columns, one row group after another; file order is that of the log, and rows are in file order.</summary>
    /// <param name="columns">Names of the columns.</param>
    /// <exception cref="SinkException">A column is not there or of a type that is not supported; or a data file is gone or damaged.</exception>
    public IEnumerable<DeltaRows> Read(params IReadOnlyList<string> columns)
    {
        DeltaColumn[] wanted = [.. columns.Select(Wanted)];
        return Files.SelectMany(file => Read(file, wanted));
    }

    private IEnumerable<DeltaRows> Read(DeltaDataFile file, DeltaColumn[] wanted)
    {
        using var stream = Try(file, () => _storage.OpenRead(file.Path));
        using var reader = Try(file, () => new ParquetReader(stream, file.Path));
        for (var group = 0; group < reader.RowGroups.Count; group++)
        {
            var at = group;
            var values = Try(file, () => Array.ConvertAll(wanted, column => ValueReader.Read(reader, at, column, file)));
            yield return new DeltaRows(file, (int)reader.RowGroups[group].Rows, values);
        }
    }

    private DeltaColumn Wanted(string name)
    {
        var column = Find(name) ?? throw new SinkException(SinkErrorKind.Fatal, $"Delta table {_storage.Location} has no column {name}. Nothing was read.");
        if (column.Type is null)
            throw new SinkException(SinkErrorKind.Fatal, $"Delta table {_storage.Location}: column {name} is of type {column.TypeName}, which is not supported. Nothing was read.");
        return column;
    }

    private T Try<T>(DeltaDataFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new SinkException(SinkErrorKind.Transient,
                $"Delta table {_storage.Location}, reading {file.Path} of version {Version}: {exception.Message} Reading ends here; open the table again to read its latest version.", exception);
        }
    }

    private static ColumnType? TypeOf(string name) => name is "short" or "byte" ? new ColumnType(ColumnKind.Int) : DeltaTypes.Parse(name);
}
