using Bayou.Parquet;
using static Bayou.Parquet.Repetition;

namespace Bayou.Sinks.Delta;

/// <summary>The schema of a classic checkpoint (section "Checkpoint Schema" of the Delta Lake protocol), and how actions become its rows.</summary>
internal static class CheckpointSchema
{
    public static readonly ParquetSchema Schema = new(
        SchemaNode.Group("txn", Optional,
            SchemaNode.String("appId", Optional), SchemaNode.Int64("version", Optional), SchemaNode.Int64("lastUpdated", Optional)),
        SchemaNode.Group("add", Optional,
            SchemaNode.String("path", Optional), Map("partitionValues"), SchemaNode.Int64("size", Optional),
            SchemaNode.Int64("modificationTime", Optional), SchemaNode.Boolean("dataChange", Optional), Map("tags"), SchemaNode.String("stats", Optional)),
        SchemaNode.Group("remove", Optional,
            SchemaNode.String("path", Optional), SchemaNode.Int64("deletionTimestamp", Optional), SchemaNode.Boolean("dataChange", Optional),
            SchemaNode.Boolean("extendedFileMetadata", Optional), Map("partitionValues"), SchemaNode.Int64("size", Optional)),
        SchemaNode.Group("metaData", Optional,
            SchemaNode.String("id", Optional), SchemaNode.String("name", Optional), SchemaNode.String("description", Optional),
            SchemaNode.Group("format", Optional, SchemaNode.String("provider", Optional), Map("options")),
            SchemaNode.String("schemaString", Optional), List("partitionColumns"), SchemaNode.Int64("createdTime", Optional), Map("configuration")),
        SchemaNode.Group("protocol", Optional,
            SchemaNode.Int32("minReaderVersion", Optional), SchemaNode.Int32("minWriterVersion", Optional), List("readerFeatures"), List("writerFeatures")));

    /// <summary>In the order of the schema's leaves.</summary>
    public static readonly IReadOnlyList<CheckpointLeaf> Leaves =
    [
        CheckpointLeaf.Text<TxnAction>(txn => txn.AppId),
        CheckpointLeaf.Long<TxnAction>(txn => txn.Version),
        CheckpointLeaf.Long<TxnAction>(txn => txn.LastUpdated),
        CheckpointLeaf.Text<AddAction>(add => add.Path),
        CheckpointLeaf.Keys<AddAction, string?>(add => add.PartitionValues),
        CheckpointLeaf.Values<AddAction, string?>(add => add.PartitionValues),
        CheckpointLeaf.Long<AddAction>(add => add.Size),
        CheckpointLeaf.Long<AddAction>(add => add.ModificationTime),
        CheckpointLeaf.Flag<AddAction>(_ => false),
        CheckpointLeaf.Keys<AddAction, string?>(add => add.Tags),
        CheckpointLeaf.Values<AddAction, string?>(add => add.Tags),
        CheckpointLeaf.Text<AddAction>(add => add.Stats),
        CheckpointLeaf.Text<RemoveAction>(remove => remove.Path),
        CheckpointLeaf.Long<RemoveAction>(remove => remove.DeletionTimestamp),
        CheckpointLeaf.Flag<RemoveAction>(_ => false),
        CheckpointLeaf.Flag<RemoveAction>(remove => remove.ExtendedFileMetadata),
        CheckpointLeaf.Keys<RemoveAction, string?>(remove => remove.PartitionValues),
        CheckpointLeaf.Values<RemoveAction, string?>(remove => remove.PartitionValues),
        CheckpointLeaf.Long<RemoveAction>(remove => remove.Size),
        CheckpointLeaf.Text<MetadataAction>(metadata => metadata.Id),
        CheckpointLeaf.Text<MetadataAction>(metadata => metadata.Name),
        CheckpointLeaf.Text<MetadataAction>(metadata => metadata.Description),
        CheckpointLeaf.Text<MetadataAction>(metadata => metadata.FormatProvider),
        CheckpointLeaf.Keys<MetadataAction, string>(metadata => metadata.FormatOptions),
        CheckpointLeaf.Values<MetadataAction, string>(metadata => metadata.FormatOptions),
        CheckpointLeaf.Text<MetadataAction>(metadata => metadata.SchemaString),
        CheckpointLeaf.List<MetadataAction>(metadata => metadata.PartitionColumns),
        CheckpointLeaf.Long<MetadataAction>(metadata => metadata.CreatedTime),
        CheckpointLeaf.Keys<MetadataAction, string>(metadata => metadata.Configuration),
        CheckpointLeaf.Values<MetadataAction, string>(metadata => metadata.Configuration),
        CheckpointLeaf.Int<ProtocolAction>(protocol => protocol.MinReaderVersion),
        CheckpointLeaf.Int<ProtocolAction>(protocol => protocol.MinWriterVersion),
        CheckpointLeaf.List<ProtocolAction>(protocol => protocol.ReaderFeatures),
        CheckpointLeaf.List<ProtocolAction>(protocol => protocol.WriterFeatures),
    ];

    private static SchemaNode Map(string name) =>
        SchemaNode.Map(name, Optional, SchemaNode.String("key", Required), SchemaNode.String("value", Optional));

    private static SchemaNode List(string name) => SchemaNode.List(name, Optional, SchemaNode.String("element", Required));
}
