namespace Bayou.Definitions;

/// <summary>Names of the columns that say where a row came from.</summary>
public static class MetadataColumns
{
    /// <summary>Topic, string.</summary>
    public const string Topic = "_topic";

    /// <summary>Partition, int.</summary>
    public const string Partition = "_partition";

    /// <summary>Offset, long.</summary>
    public const string Offset = "_offset";

    /// <summary>The record's Kafka timestamp.</summary>
    public const string Timestamp = "_timestamp";

    /// <summary>Generation of the source, int; present from generation 2 on.</summary>
    public const string Generation = "_generation";
}
