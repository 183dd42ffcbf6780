namespace Bayou.Sinks.Delta;

/// <summary>How rows of a layout fit into a table that is there already: the columns it lacks are added, what differs is refused.</summary>
internal static class SchemaMatch
{
    /// <summary>The table's schema after the commit; the very same object when it has every column.</summary>
    /// <exception cref="SinkException">A column or the partitioning does not agree; fatal.</exception>
    public static DeltaSchema Match(TableLayout layout, DeltaSchema schema, IReadOnlyList<string> partitionColumns, string location)
    {
        var wanted = layout.PartitionColumns.Select(column => column.Name).ToArray();
        if (!wanted.SequenceEqual(partitionColumns, StringComparer.Ordinal))
            throw Refuse(location, $"it is partitioned by {List(partitionColumns)}, and the pipeline file says partitionBy: {List(wanted)}. Make the two agree, or write to another path");

        List<DeltaField> missing = [];
        foreach (var column in layout.Columns)
        {
            var field = schema.Find(column.Name);
            if (field is null) missing.Add(column.Field);
            else if (field.Name != column.Name)
                throw Refuse(location, $"its column {field.Name} differs from the pipeline's column {column.Name} in case only. Spell them alike");
            else if (field.Type != column.Field.Type)
                throw Refuse(location, $"its column {field.Name} has type {field.Type}, and the pipeline's has {column.Field.Type}. Give the column the table's type or another name, or write to another path");
            else if (!field.Nullable && !column.IsNeverNull)
                throw Refuse(location, $"its column {field.Name} (type {field.Type}) must have a value, and the pipeline's column may be null. Say required: true for the column, or make the table's nullable");
        }

        foreach (var field in schema.Fields)
            if (!field.Nullable && !layout.Columns.Any(column => column.Name == field.Name))
                throw Refuse(location, $"its column {field.Name} (type {field.Type}) must have a value, and the pipeline has no such column. Add it to the pipeline file, or make it nullable");

        return missing.Count == 0 ? schema : schema.With(missing);
    }

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "nothing" : string.Join(", ", names);

    private static SinkException Refuse(string location, string why) =>
        new(SinkErrorKind.Fatal, $"Delta table {location} cannot take the rows: {why}. Nothing was written, and the table stops.");
}
