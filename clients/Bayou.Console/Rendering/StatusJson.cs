using System.Text.Json;
using System.Text.Json.Nodes;
using Bayou.Status;

namespace Bayou.Console.Rendering;

/// <summary>Status for programs. Names are a contract: fields may be added, not renamed. Numbers that are not known are null.</summary>
public static class StatusJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>One document with all pipelines.</summary>
    public static string Write(IEnumerable<PipelineStatus> pipelines, bool indented) =>
        new JsonObject { ["format"] = 1, ["pipelines"] = new JsonArray([.. pipelines.Select(Pipeline)]) }.ToJsonString(indented ? Indented : null);

    private static JsonObject Pipeline(PipelineStatus pipeline) => new()
    {
        ["name"] = pipeline.Name,
        ["state"] = StatusText.Word(pipeline.State),
        ["reason"] = pipeline.Reason,
        ["version"] = pipeline.DefinitionVersion,
        ["time"] = pipeline.Time.UtcDateTime,
        ["started"] = pipeline.Started?.UtcDateTime,
        ["tables"] = new JsonArray([.. pipeline.Tables.Select(table => Table(table, pipeline))]),
        ["partitions"] = new JsonArray([.. pipeline.Partitions.Select(Partition)]),
    };

    private static JsonObject Table(TableStatus table, PipelineStatus pipeline) => new()
    {
        ["name"] = table.Name,
        ["state"] = StatusText.Word(table.State),
        ["reason"] = table.Reason,
        ["rows"] = table.Rows,
        ["rowsPerSecond"] = Math.Round(table.RowsPerSecond, 1),
        ["bytesWritten"] = table.BytesWritten,
        ["commits"] = table.Commits,
        ["lastCommit"] = table.LastCommit?.UtcDateTime,
        ["sinkVersion"] = Known(table.SinkVersion),
        ["bufferedBytes"] = table.BufferedBytes,
        ["failedAttempts"] = table.FailedAttempts,
        ["lag"] = Known(TableLag.Of(table, pipeline)),
        ["quarantined"] = new JsonObject(table.Quarantined.OrderBy(reason => reason.Key, StringComparer.Ordinal)
            .Select(reason => KeyValuePair.Create(reason.Key, (JsonNode?)reason.Value))),
        ["cursors"] = new JsonArray([.. table.Cursors.Select(Cursor)]),
        ["compaction"] = table.Compaction is { } compaction ? Compaction(compaction) : null,
    };

    private static JsonObject Compaction(CompactionStatus compaction) => new()
    {
        ["running"] = compaction.IsRunning,
        ["runs"] = compaction.Runs,
        ["filesBefore"] = compaction.FilesBefore,
        ["filesAfter"] = compaction.FilesAfter,
        ["conflicts"] = compaction.Conflicts,
        ["failures"] = compaction.Failures,
        ["lastFailure"] = compaction.LastFailure,
    };

    private static JsonObject Cursor(CursorStatus cursor) => new()
    {
        ["topic"] = cursor.Key.Partition.Topic,
        ["partition"] = cursor.Key.Partition.Partition,
        ["generation"] = cursor.Key.Generation,
        ["next"] = cursor.NextOffset,
        ["accepted"] = cursor.AcceptedOffset,
        ["behind"] = cursor.Behind,
    };

    private static JsonObject Partition(PartitionStatus partition) => new()
    {
        ["topic"] = partition.Partition.Topic,
        ["partition"] = partition.Partition.Partition,
        ["state"] = StatusText.Word(partition.State),
        ["reason"] = partition.Reason,
        ["next"] = partition.NextOffset,
        ["low"] = Known(partition.LowWatermark),
        ["high"] = Known(partition.HighWatermark),
        ["lag"] = Known(partition.Lag),
        ["records"] = partition.Records,
        ["lost"] = new JsonArray([.. partition.Lost.Select(range => (JsonNode)new JsonObject { ["first"] = range.First, ["next"] = range.Next })]),
    };

    private static JsonValue? Known(long number) => number < 0 ? null : JsonValue.Create(number);
}
