using Bayou.Definitions;

namespace Bayou.Sinks.Postgres;

/// <summary>The columns that a table's rows are written to, in this order, for the table as the server had it.</summary>
/// <param name="Table">The table as it was found.</param>
/// <param name="Columns">The columns; the metadata columns come first.</param>
internal sealed record TableLayout(CatalogTable Table, IReadOnlyList<TargetColumn> Columns)
{
    public const int Topic = -1;
    public const int Partition = -2;
    public const int Offset = -3;
    public const int Timestamp = -4;
    public const int Generation = -5;

    /// <summary>The columns that a table should have.</summary>
    public static IEnumerable<(string Name, ColumnType Type, int Index)> Wanted(TableDefinition table, bool withGeneration)
    {
        if (table.Metadata)
        {
            yield return (MetadataColumns.Topic, new ColumnType(ColumnKind.String), Topic);
            yield return (MetadataColumns.Partition, new ColumnType(ColumnKind.Int), Partition);
            yield return (MetadataColumns.Offset, new ColumnType(ColumnKind.Long), Offset);
            yield return (MetadataColumns.Timestamp, new ColumnType(ColumnKind.Timestamp), Timestamp);
            if (withGeneration) yield return (MetadataColumns.Generation, new ColumnType(ColumnKind.Int), Generation);
        }

        for (var i = 0; i < table.Columns.Length; i++) yield return (table.Columns[i].Name, table.Columns[i].Type, i);
    }

    /// <summary>True when rows can say their generation.</summary>
    public bool HasGeneration => Columns.Any(column => column.Index == Generation);
}
