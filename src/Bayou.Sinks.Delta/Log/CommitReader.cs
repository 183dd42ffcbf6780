using System.Text.Json;

namespace Bayou.Sinks.Delta;

/// <summary>Reads a commit's file. Actions and fields that are not known are passed over: the protocol's versions and features say when that is not allowed.</summary>
internal static class CommitReader
{
    /// <summary>Reads the actions; those about files only when they are wanted.</summary>
    /// <exception cref="FormatException">A line is no JSON object, or lacks a field that the protocol demands; the message has the line's number.</exception>
    public static LogCommit Read(ReadOnlyMemory<byte> content, bool withFiles)
    {
        var commit = new LogCommit();
        var number = 0;
        while (!content.IsEmpty)
        {
            number++;
            var end = content.Span.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..end];
            content = end < 0 ? default : content[(end + 1)..];
            if (line.Span.Trim(" \t\r"u8).IsEmpty) continue;
            if (!withFiles && IsAboutFiles(line.Span)) continue;
            try
            {
                using var document = JsonDocument.Parse(line);
                foreach (var action in document.RootElement.EnumerateObject())
                    if (action.Value.ValueKind == JsonValueKind.Object) Take(commit, action.Name, action.Value, withFiles);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
            {
                throw new FormatException($"line {number} is not a complete action: {exception.Message}", exception);
            }
        }

        return commit;
    }

    // A whole line that begins like this holds nothing else: an action is an object with a single member.
    private static bool IsAboutFiles(ReadOnlySpan<byte> line) =>
        (line.StartsWith("{\"add\":"u8) || line.StartsWith("{\"remove\":"u8)) && line.TrimEnd(" \t\r"u8).EndsWith("}}"u8);

    private static void Take(LogCommit commit, string name, JsonElement action, bool withFiles)
    {
        switch (name)
        {
            case "protocol": commit.Protocol = ReadProtocol(action); break;
            case "metaData": commit.Metadata = ReadMetadata(action); break;
            case "txn": commit.Txns.Add(new TxnAction(Text(action, "appId"), action.GetProperty("version").GetInt64(), Number(action, "lastUpdated"))); break;
            case "add" when withFiles: commit.Adds.Add(ReadAdd(action)); break;
            case "remove" when withFiles: commit.Removes.Add(ReadRemove(action)); break;
            case "commitInfo": commit.BatchId = TextOrNull(action, CommitWriter.BatchIdField); break;
        }
    }

    private static ProtocolAction ReadProtocol(JsonElement action) => new()
    {
        MinReaderVersion = action.GetProperty("minReaderVersion").GetInt32(),
        MinWriterVersion = action.GetProperty("minWriterVersion").GetInt32(),
        ReaderFeatures = Texts(action, "readerFeatures"),
        WriterFeatures = Texts(action, "writerFeatures"),
    };

    private static MetadataAction ReadMetadata(JsonElement action) => new()
    {
        Id = Text(action, "id"),
        Name = TextOrNull(action, "name"),
        Description = TextOrNull(action, "description"),
        FormatProvider = action.TryGetProperty("format", out var format) ? Text(format, "provider") : "parquet",
        FormatOptions = format.ValueKind == JsonValueKind.Object ? Properties(format, "options") : new Dictionary<string, string>(),
        SchemaString = Text(action, "schemaString"),
        PartitionColumns = Texts(action, "partitionColumns") ?? [],
        CreatedTime = Number(action, "createdTime"),
        Configuration = Properties(action, "configuration"),
    };

    private static AddAction ReadAdd(JsonElement action) => new()
    {
        Path = Text(action, "path"),
        PartitionValues = Map(action, "partitionValues") ?? [],
        Size = action.GetProperty("size").GetInt64(),
        ModificationTime = action.GetProperty("modificationTime").GetInt64(),
        DataChange = Flag(action, "dataChange") ?? true,
        Stats = TextOrNull(action, "stats"),
        Tags = Map(action, "tags"),
        HasDeletionVector = action.TryGetProperty("deletionVector", out var vector) && vector.ValueKind == JsonValueKind.Object,
    };

    private static RemoveAction ReadRemove(JsonElement action) => new()
    {
        Path = Text(action, "path"),
        DeletionTimestamp = Number(action, "deletionTimestamp"),
        DataChange = Flag(action, "dataChange") ?? true,
        ExtendedFileMetadata = Flag(action, "extendedFileMetadata"),
        PartitionValues = Map(action, "partitionValues"),
        Size = Number(action, "size"),
    };

    private static string Text(JsonElement from, string name) =>
        TextOrNull(from, name) ?? throw new FormatException($"it has no {name}");

    private static string? TextOrNull(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    private static long? Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetInt64() : null;

    private static bool? Flag(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetBoolean() : null;

    private static string[]? Texts(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")]
            : null;

    private static Dictionary<string, string?>? Map(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetString(), StringComparer.Ordinal)
            : null;

    private static Dictionary<string, string> Properties(JsonElement from, string name) =>
        (Map(from, name) ?? []).ToDictionary(item => item.Key, item => item.Value ?? "", StringComparer.Ordinal);
}
