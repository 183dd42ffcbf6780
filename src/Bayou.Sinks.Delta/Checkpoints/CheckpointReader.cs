using Bayou.Parquet;

namespace Bayou.Sinks.Delta;

/// <summary>Reads a classic checkpoint: the actions that hold at a version, one a row (section "Checkpoints" of the Delta Lake protocol).</summary>
internal static class CheckpointReader
{
    /// <summary>The actions; those about files only when they are wanted.</summary>
    /// <exception cref="SinkException">A file is gone or damaged; transient.</exception>
    public static LogCommit Read(ITableStorage storage, CheckpointFiles checkpoint, bool withFiles)
    {
        var actions = new LogCommit();
        foreach (var path in checkpoint.Paths)
        {
            try
            {
                using var stream = storage.OpenRead(path);
                using var reader = new ParquetReader(stream, path);
                for (var group = 0; group < reader.RowGroups.Count; group++)
                {
                    var columns = new CheckpointColumns(reader, group, stream.Length);
                    ReadProtocol(columns, actions);
                    ReadMetadata(columns, actions);
                    ReadTxns(columns, actions);
                    if (withFiles) ReadFiles(columns, actions);
                }
            }
            catch (Exception exception) when (exception is ParquetException or InvalidOperationException or OverflowException)
            {
                throw new SinkException(SinkErrorKind.Transient,
                    $"Reading the checkpoint {path} of {storage.Location}: {exception.Message} Nothing was written; it is read again. If it stays so, the file is damaged.", exception);
            }
        }

        return actions;
    }

    private static void ReadProtocol(CheckpointColumns columns, LogCommit actions)
    {
        var reader = columns.Numbers("protocol.minReaderVersion");
        var row = Array.FindIndex(reader, value => value is not null);
        if (row < 0) return;
        actions.Protocol = new ProtocolAction
        {
            MinReaderVersion = checked((int)reader[row]!.Value),
            MinWriterVersion = checked((int)(columns.Numbers("protocol.minWriterVersion")[row] ?? 0)),
            ReaderFeatures = columns.Lists("protocol.readerFeatures")[row]?.ToArray(),
            WriterFeatures = columns.Lists("protocol.writerFeatures")[row]?.ToArray(),
        };
    }

    private static void ReadMetadata(CheckpointColumns columns, LogCommit actions)
    {
        var ids = columns.Texts("metaData.id");
        var row = Array.FindIndex(ids, value => value is not null);
        if (row < 0) return;
        actions.Metadata = new MetadataAction
        {
            Id = ids[row]!,
            Name = columns.Texts("metaData.name")[row],
            Description = columns.Texts("metaData.description")[row],
            FormatProvider = columns.Texts("metaData.format.provider")[row] ?? "parquet",
            FormatOptions = Properties(columns.Maps("metaData.format.options")[row]),
            SchemaString = columns.Texts("metaData.schemaString")[row] ?? "",
            PartitionColumns = columns.Lists("metaData.partitionColumns")[row]?.ToArray() ?? [],
            CreatedTime = columns.Numbers("metaData.createdTime")[row],
            Configuration = Properties(columns.Maps("metaData.configuration")[row]),
        };
    }

    private static void ReadTxns(CheckpointColumns columns, LogCommit actions)
    {
        var apps = columns.Texts("txn.appId");
        var versions = columns.Numbers("txn.version");
        var updated = columns.Numbers("txn.lastUpdated");
        for (var row = 0; row < columns.Rows; row++)
            if (apps[row] is { } app) actions.Txns.Add(new TxnAction(app, versions[row] ?? 0, updated[row]));
    }

    private static void ReadFiles(CheckpointColumns columns, LogCommit actions)
    {
        var paths = columns.Texts("add.path");
        var values = columns.Maps("add.partitionValues");
        var sizes = columns.Numbers("add.size");
        var times = columns.Numbers("add.modificationTime");
        var stats = columns.Texts("add.stats");
        var tags = columns.Maps("add.tags");
        var vectors = columns.Present("add.deletionVector.storageType");
        for (var row = 0; row < columns.Rows; row++)
            if (paths[row] is { } path)
                actions.Adds.Add(new AddAction
                {
                    Path = path,
                    PartitionValues = values[row] ?? [],
                    Size = sizes[row] ?? 0,
                    ModificationTime = times[row] ?? 0,
                    DataChange = false,
                    Stats = stats[row],
                    Tags = tags[row],
                    HasDeletionVector = vectors[row],
                });

        var removed = columns.Texts("remove.path");
        var deleted = columns.Numbers("remove.deletionTimestamp");
        var extended = columns.Flags("remove.extendedFileMetadata");
        var removedValues = columns.Maps("remove.partitionValues");
        var removedSizes = columns.Numbers("remove.size");
        for (var row = 0; row < columns.Rows; row++)
            if (removed[row] is { } path)
                actions.Removes.Add(new RemoveAction
                {
                    Path = path,
                    DeletionTimestamp = deleted[row],
                    DataChange = false,
                    ExtendedFileMetadata = extended[row],
                    PartitionValues = removedValues[row],
                    Size = removedSizes[row],
                });
    }

    private static Dictionary<string, string> Properties(Dictionary<string, string?>? map) =>
        (map ?? []).ToDictionary(item => item.Key, item => item.Value ?? "", StringComparer.Ordinal);
}
