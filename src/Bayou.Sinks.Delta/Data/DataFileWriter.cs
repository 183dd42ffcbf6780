using Bayou.Parquet;

namespace Bayou.Sinks.Delta;

/// <summary>Writes a commit's rows as Parquet files, at least one for each combination of partition values, each under a name of its own and durable.</summary>
internal sealed class DataFileWriter(ITableStorage storage, DeltaSinkOptions options, TimeProvider time)
{
    /// <summary>Writes the rows; files that were written are added to <paramref name="files"/> one by one, so that the caller can delete them after a failure.</summary>
    /// <param name="ranges">The rows.</param>
    /// <param name="layout">The columns.</param>
    /// <param name="statisticsColumns">How many columns have statistics.</param>
    /// <param name="files">Takes the files.</param>
    /// <param name="cancellationToken">Ends the writing between two files.</param>
    public void Write(IReadOnlyList<RowBlockRange> ranges, TableLayout layout, int statisticsColumns, DataFiles files, CancellationToken cancellationToken)
    {
        var groups = RowPartitioner.Group(ranges, layout.PartitionColumns);
        if (groups.Count == 0) return;
        var format = options.WriterOptions;
        using var writer = new ParquetFileWriter(ParquetColumns.Schema(layout.FileColumns), format);
        var appender = new ColumnAppender();
        foreach (var group in groups)
        {
            var folder = PartitionPath.Folder(layout.PartitionColumns, group.Values);
            var values = new Dictionary<string, string?>(StringComparer.Ordinal);
            for (var i = 0; i < group.Values.Count; i++) values.Add(layout.PartitionColumns[i].Name, group.Values[i]);
            for (var next = 0; next < group.Rows.Count;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var path = $"{folder}part-{files.Adds.Count:D5}-{Guid.NewGuid():D}-c000{(format.Codec == CompressionCodec.Snappy ? ".snappy" : "")}.parquet";
                files.Attempted.Add(path);
                ParquetFileInfo? info = null;
                storage.Write(path, stream => (info, next) = WriteOne(stream, writer, appender, layout, group.Rows, next));
                files.Add(new AddAction
                {
                    Path = PartitionPath.ToUri(path),
                    PartitionValues = values,
                    Size = info!.Bytes,
                    ModificationTime = time.GetUtcNow().ToUnixTimeMilliseconds(),
                    Stats = FileStatistics.Write(info, layout.FileColumns, statisticsColumns),
                }, info.Rows);
            }
        }
    }

    private (ParquetFileInfo Info, int Next) WriteOne(
        Stream stream, ParquetFileWriter writer, ColumnAppender appender, TableLayout layout, List<RowSelection> rows, int next)
    {
        writer.Begin(stream);
        do
        {
            for (var i = 0; i < layout.FileColumns.Count; i++) appender.Append(writer.Columns[i], layout.FileColumns[i], rows[next]);
            if (writer.RowGroupRows >= options.RowGroupRows) writer.EndRowGroup();
            next++;
        }
        while (next < rows.Count && writer.FileBytes + writer.RowGroupBytes < options.TargetFileBytes);

        return (writer.Finish(), next);
    }
}
