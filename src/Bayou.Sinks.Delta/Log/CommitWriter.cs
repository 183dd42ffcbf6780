using System.Buffers;
using System.Text.Json;

namespace Bayou.Sinks.Delta;

/// <summary>Writes a commit's file: one JSON object a line, one action an object.</summary>
internal static class CommitWriter
{
    /// <summary>Field of <c>commitInfo</c> that holds the batch's id.</summary>
    public const string BatchIdField = "bayouBatchId";

    private static readonly JsonWriterOptions Options = new() { Encoder = LogTextEncoder.Instance };
    private static readonly string Engine = $"Bayou/{typeof(CommitWriter).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>The file's contents. Null parts are left out.</summary>
    public static ReadOnlyMemory<byte> Write(
        CommitInfo info, ProtocolAction? protocol, MetadataAction? metadata, IReadOnlyList<TxnAction> txns, IReadOnlyList<AddAction> adds,
        IReadOnlyList<RemoveAction>? removes = null)
    {
        var buffer = new ArrayBufferWriter<byte>(1024 + adds.Count * 1024);
        using var json = new Utf8JsonWriter(buffer, Options);
        Line(buffer, json, "commitInfo", info, WriteInfo);
        if (protocol is not null) Line(buffer, json, "protocol", protocol, WriteProtocol);
        if (metadata is not null) Line(buffer, json, "metaData", metadata, WriteMetadata);
        foreach (var txn in txns) Line(buffer, json, "txn", txn, WriteTxn);
        foreach (var add in adds) Line(buffer, json, "add", add, WriteAdd);
        foreach (var remove in removes ?? []) Line(buffer, json, "remove", remove, WriteRemove);
        return buffer.WrittenMemory;
    }

    private static void Line<T>(ArrayBufferWriter<byte> buffer, Utf8JsonWriter json, string name, T action, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartObject();
        json.WriteStartObject(name);
        write(json, action);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
    }

    private static void WriteInfo(Utf8JsonWriter json, CommitInfo info)
    {
        json.WriteNumber("timestamp", info.Timestamp);
        json.WriteString("operation", info.Operation);
        json.WriteStartObject("operationParameters");
        if (info.Operation == "WRITE") json.WriteString("mode", "Append");
        json.WriteEndObject();
        json.WriteStartObject("operationMetrics");
        json.WriteString("numFiles", info.Files.ToString());
        if (info.RemovedFiles > 0) json.WriteString("numRemovedFiles", info.RemovedFiles.ToString());
        json.WriteString("numOutputRows", info.Rows.ToString());
        json.WriteString("numOutputBytes", info.Bytes.ToString());
        json.WriteEndObject();
        json.WriteBoolean("isBlindAppend", info.Operation != CommitInfo.Optimize);
        json.WriteString("engineInfo", Engine);
        json.WriteString(BatchIdField, info.BatchId);
    }

    private static void WriteProtocol(Utf8JsonWriter json, ProtocolAction protocol)
    {
        json.WriteNumber("minReaderVersion", protocol.MinReaderVersion);
        json.WriteNumber("minWriterVersion", protocol.MinWriterVersion);
        if (protocol.ReaderFeatures is { } reader) WriteArray(json, "readerFeatures", reader);
        if (protocol.WriterFeatures is { } writer) WriteArray(json, "writerFeatures", writer);
    }

    private static void WriteMetadata(Utf8JsonWriter json, MetadataAction metadata)
    {
        json.WriteString("id", metadata.Id);
        if (metadata.Name is not null) json.WriteString("name", metadata.Name);
        if (metadata.Description is not null) json.WriteString("description", metadata.Description);
        json.WriteStartObject("format");
        json.WriteString("provider", metadata.FormatProvider);
        WriteMap(json, "options", metadata.FormatOptions!);
        json.WriteEndObject();
        json.WriteString("schemaString", metadata.SchemaString);
        WriteArray(json, "partitionColumns", metadata.PartitionColumns);
        if (metadata.CreatedTime is { } created) json.WriteNumber("createdTime", created);
        WriteMap(json, "configuration", metadata.Configuration!);
    }

    private static void WriteTxn(Utf8JsonWriter json, TxnAction txn)
    {
        json.WriteString("appId", txn.AppId);
        json.WriteNumber("version", txn.Version);
        if (txn.LastUpdated is { } updated) json.WriteNumber("lastUpdated", updated);
    }

    private static void WriteAdd(Utf8JsonWriter json, AddAction add)
    {
        json.WriteString("path", add.Path);
        WriteMap(json, "partitionValues", add.PartitionValues);
        json.WriteNumber("size", add.Size);
        json.WriteNumber("modificationTime", add.ModificationTime);
        json.WriteBoolean("dataChange", add.DataChange);
        if (add.Stats is not null) json.WriteString("stats", add.Stats);
        if (add.Tags is not null) WriteMap(json, "tags", add.Tags);
    }

    private static void WriteRemove(Utf8JsonWriter json, RemoveAction remove)
    {
        json.WriteString("path", remove.Path);
        if (remove.DeletionTimestamp is { } deleted) json.WriteNumber("deletionTimestamp", deleted);
        json.WriteBoolean("dataChange", remove.DataChange);
        if (remove.ExtendedFileMetadata is { } extended) json.WriteBoolean("extendedFileMetadata", extended);
        if (remove.PartitionValues is not null) WriteMap(json, "partitionValues", remove.PartitionValues);
        if (remove.Size is { } size) json.WriteNumber("size", size);
    }

    private static void WriteArray(Utf8JsonWriter json, string name, string[] values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string?>> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map) json.WriteString(key, value);
        json.WriteEndObject();
    }
}
