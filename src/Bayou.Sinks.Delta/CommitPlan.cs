using Bayou.Definitions;

namespace Bayou.Sinks.Delta;

/// <summary>What a commit writes to the table as it is now: the layout of its rows, and the metadata with the columns that they need.</summary>
/// <param name="Layout">The columns of the rows.</param>
/// <param name="Metadata">The table's own metadata object when no column is missing.</param>
/// <param name="HasGeneration">Whether rows carry <c>_generation</c>.</param>
internal sealed record CommitPlan(TableLayout Layout, MetadataAction Metadata, bool HasGeneration)
{
    /// <summary>Plans for the table as it is now, or for a new one.</summary>
    /// <exception cref="SinkException">The table cannot take the rows; fatal.</exception>
    public static CommitPlan Create(TableSnapshot? snapshot, TableDefinition table, DeltaSinkOptions options, bool needsGeneration, string location)
    {
        if (snapshot is null)
        {
            var layout = new TableLayout(table, options.PartitionBy, needsGeneration);
            return new CommitPlan(layout, CreateMetadata(table, layout), needsGeneration);
        }

        var schema = Parse(snapshot.Metadata, location);
        ProtocolSupport.CheckWrite(snapshot, schema, location);
        var hasGeneration = needsGeneration || (table.Metadata && schema.Find(MetadataColumns.Generation) is not null);
        var existing = new TableLayout(table, options.PartitionBy, hasGeneration);
        var matched = SchemaMatch.Match(existing, schema, snapshot.Metadata.PartitionColumns, location);
        var metadata = ReferenceEquals(matched, schema) ? snapshot.Metadata : snapshot.Metadata with { SchemaString = matched.ToString() };
        return new CommitPlan(existing, metadata, hasGeneration);
    }

    private static MetadataAction CreateMetadata(TableDefinition table, TableLayout layout) => new()
    {
        Id = Guid.NewGuid().ToString("D"),
        Name = table.Name,
        SchemaString = DeltaSchema.Create([.. layout.Columns.Select(column => column.Field)]).ToString(),
        PartitionColumns = [.. layout.PartitionColumns.Select(column => column.Name)],
        Configuration = new Dictionary<string, string>(),
    };

    private static DeltaSchema Parse(MetadataAction metadata, string location)
    {
        try
        {
            return DeltaSchema.Parse(metadata.SchemaString);
        }
        catch (FormatException exception)
        {
            throw new SinkException(SinkErrorKind.Fatal, $"Delta table {location}: {exception.Message} Nothing was written, and the table stops.", exception);
        }
    }
}
