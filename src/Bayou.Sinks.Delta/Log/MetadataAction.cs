namespace Bayou.Sinks.Delta;

/// <summary>A table's schema, partitioning and properties (action <c>metaData</c>). The last one in the log holds.</summary>
internal sealed record MetadataAction
{
    /// <summary>The table's unique id.</summary>
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Format of the data files; only <c>parquet</c> exists.</summary>
    public string FormatProvider { get; init; } = "parquet";

    public IReadOnlyDictionary<string, string> FormatOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The schema, as the JSON text that the log has.</summary>
    public required string SchemaString { get; init; }

    public required string[] PartitionColumns { get; init; }

    /// <summary>Milliseconds since 1970, or null.</summary>
    public long? CreatedTime { get; init; }

    /// <summary>The table's properties.</summary>
    public required IReadOnlyDictionary<string, string> Configuration { get; init; }
}
