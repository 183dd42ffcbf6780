using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Status;

namespace Bayou.Cli.Tests;

/// <summary>A status with everything in it.</summary>
internal static class Statuses
{
    public static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public static PipelineStatus Create(string name = "shop", params string[] tables) => new()
    {
        Name = name,
        State = PipelineState.Running,
        DefinitionVersion = 2,
        Time = Time,
        Tables = [.. (tables.Length == 0 ? ["orders"] : tables).Select(Table)],
        Partitions =
        [
            new() { Partition = new TopicPartition("events", 0), State = PartitionState.Running, NextOffset = 90, LowWatermark = 0, HighWatermark = 100, Lag = 10, Records = 90 },
        ],
    };

    private static TableStatus Table(string name) => new()
    {
        Name = name,
        State = TableState.Live,
        Rows = 1234567,
        RowsPerSecond = 2500.4,
        Commits = 3,
        BytesWritten = 4096,
        SinkVersion = 7,
        LastCommit = Time,
        Quarantined = new() { ["missing"] = 2 },
        Cursors = [new() { Key = new CursorKey(new TopicPartition("events", 0), 1), NextOffset = 80, AcceptedOffset = 90 }],
        Compaction = new() { Runs = 4, FilesBefore = 12, FilesAfter = 3, Conflicts = 1 },
    };
}
