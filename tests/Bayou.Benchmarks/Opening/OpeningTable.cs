using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Benchmarks.Opening;

/// <summary>The table of <see cref="OpeningBenchmark"/>, and commits of one row each.</summary>
internal static class OpeningTable
{
    private static readonly DefinitionStamp Definition = new() { Version = 1, Fingerprint = "opening" };

    public static SinkContext Context { get; } = new()
    {
        Pipeline = "benchmark",
        Owner = "orders",
        Table = new TableDefinition
        {
            Name = "orders",
            Match = ["order"],
            Columns = [new ColumnDefinition { Name = "id", Type = new ColumnType(ColumnKind.Long), Path = ["id"] }],
            Sink = new SinkDefinition { Kind = "delta", Options = [] },
        },
        Executor = new CallerExecutor(),
        Time = TimeProvider.System,
    };

    /// <summary>Commits one row after another, to the partitions in turn.</summary>
    public static async Task CommitAsync(ITransactionalSink sink, int commits, int partitions)
    {
        await sink.OpenAsync(default);
        await CommitAsync(sink, "start", null, [], [.. Enumerable.Range(0, partitions).Select(partition => new CursorMove(Key(partition), null, 0))]);
        for (var i = 0; i < commits; i++)
        {
            var (partition, offset) = (i % partitions, (long)(i / partitions));
            await CommitAsync(sink, $"b{i}", Definition, [Row(partition, offset, i)], [new CursorMove(Key(partition), offset, offset + 1)]);
        }
    }

    private static CursorKey Key(int partition) => new(new TopicPartition("events", partition), 1);

    private static async Task CommitAsync(ITransactionalSink sink, string id, DefinitionStamp? expected, IReadOnlyList<RowBlockRange> rows, IReadOnlyList<CursorMove> moves)
    {
        var result = await sink.CommitAsync(new SinkCommit { Batch = new SinkBatch { Id = id, Rows = rows }, ExpectedDefinition = expected, Definition = Definition, Cursors = moves }, default);
        if (!result.Committed) throw new InvalidOperationException($"Batch {id} was refused: somebody else writes to the table.");
    }

    private static RowBlockRange Row(int partition, long offset, long id)
    {
        var builder = new RowBlockBuilder(Context.Table.Columns);
        builder.Columns[0].Append(id);
        builder.EndRow(offset, 1_700_000_000_000_000 + id);
        var bytes = new byte[builder.SizeBytes];
        return new RowBlockRange(new TopicPartition("events", partition), 1, bytes.AsMemory(0, builder.WriteTo(bytes)), 0);
    }

    private sealed class CallerExecutor : IWorkExecutor
    {
        public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => Task.FromResult(work());
    }
}
