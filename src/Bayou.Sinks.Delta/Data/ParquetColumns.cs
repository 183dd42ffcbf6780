using Bayou.Definitions;
using Bayou.Parquet;

namespace Bayou.Sinks.Delta;

/// <summary>How columns are stored in Parquet files of a Delta table.</summary>
internal static class ParquetColumns
{
    /// <summary>The schema of files with these columns; every column may be null.</summary>
    public static ParquetSchema Schema(IReadOnlyList<TableColumn> columns) => new([.. columns.Select(Node)]);

    private static SchemaNode Node(TableColumn column) => column.Type.Kind switch
    {
        ColumnKind.Int => SchemaNode.Int32(column.Name, Repetition.Optional),
        ColumnKind.Long => SchemaNode.Int64(column.Name, Repetition.Optional),
        ColumnKind.Float => SchemaNode.Float(column.Name, Repetition.Optional),
        ColumnKind.Double => SchemaNode.Double(column.Name, Repetition.Optional),
        ColumnKind.Bool => SchemaNode.Boolean(column.Name, Repetition.Optional),
        ColumnKind.Timestamp => SchemaNode.TimestampMicros(column.Name, Repetition.Optional),
        ColumnKind.Date => SchemaNode.Date(column.Name, Repetition.Optional),
        ColumnKind.Binary => SchemaNode.Binary(column.Name, Repetition.Optional),
        ColumnKind.Decimal => SchemaNode.Decimal(column.Name, Repetition.Optional, column.Type.Precision, column.Type.Scale),
        _ => SchemaNode.String(column.Name, Repetition.Optional),
    };
}
