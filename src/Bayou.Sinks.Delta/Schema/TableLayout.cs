using Bayou.Definitions;

namespace Bayou.Sinks.Delta;

/// <summary>
/// The columns that this sink writes to a table: the metadata columns first, so that their statistics are among the first 32 that are kept,
/// then the table's own.
/// </summary>
internal sealed class TableLayout
{
    /// <summary>The layout of a table of the pipeline file.</summary>
    /// <param name="table">The table.</param>
    /// <param name="partitionBy">Columns that become folders.</param>
    /// <param name="withGeneration">Whether rows carry <c>_generation</c>.</param>
    public TableLayout(TableDefinition table, IReadOnlyList<string> partitionBy, bool withGeneration)
    {
        List<TableColumn> columns = [];
        if (table.Metadata)
        {
            columns.Add(new(MetadataColumns.Topic, new ColumnType(ColumnKind.String), TableColumn.Topic, IsNeverNull: true));
            columns.Add(new(MetadataColumns.Partition, new ColumnType(ColumnKind.Int), TableColumn.Partition, IsNeverNull: true));
            columns.Add(new(MetadataColumns.Offset, new ColumnType(ColumnKind.Long), TableColumn.Offset, IsNeverNull: true));
            columns.Add(new(MetadataColumns.Timestamp, new ColumnType(ColumnKind.Timestamp), TableColumn.Timestamp));
            if (withGeneration) columns.Add(new(MetadataColumns.Generation, new ColumnType(ColumnKind.Int), TableColumn.Generation, IsNeverNull: true));
        }

        for (var i = 0; i < table.Columns.Length; i++) columns.Add(new(table.Columns[i].Name, table.Columns[i].Type, i, table.Columns[i].Required));
        Columns = columns;
        PartitionColumns = [.. partitionBy.Select(name => columns.Find(column => column.Name == name))];
        FileColumns = [.. columns.Where(column => !partitionBy.Contains(column.Name))];
    }

    /// <summary>All columns, in the order of the table's schema.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The columns that become folders, in that order.</summary>
    public IReadOnlyList<TableColumn> PartitionColumns { get; }

    /// <summary>The columns that are in the data files.</summary>
    public IReadOnlyList<TableColumn> FileColumns { get; }
}
