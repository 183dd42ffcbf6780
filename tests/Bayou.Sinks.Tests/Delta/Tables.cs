using Bayou.Definitions;
using Bayou.Sinks.Delta;
using Bayou.Sources;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Definitions, sinks and commits for tests.</summary>
internal static class Tables
{
    public static readonly DefinitionStamp First = new() { Version = 1, Fingerprint = "f1" };

    public static ColumnDefinition Column(string name, ColumnKind kind, int precision = 0, int scale = 0) =>
        new() { Name = name, Type = new ColumnType(kind, precision, scale), Path = [name] };

    public static TableDefinition Table(params ColumnDefinition[] columns) => new()
    {
        Name = "orders",
        Match = ["order"],
        Columns = columns,
        Sink = new SinkDefinition { Kind = "delta", Options = [] },
    };

    /// <summary>A table with a single column <c>id</c> of kind long.</summary>
    public static TableDefinition Ids() => Table(Column("id", ColumnKind.Long));

    public static SinkContext Context(TableDefinition table, string owner = "orders", string pipeline = "shop") => new()
    {
        Pipeline = pipeline,
        Owner = owner,
        Table = table,
        Executor = new InlineExecutor(),
        Time = FixedTime.Default,
    };

    public static DeltaSink Sink(TableFolder folder, TableDefinition table, string owner = "orders", Action<FaultyStorage>? storage = null, int? checkpointEvery = null, params string[] partitionBy)
    {
        var options = new DeltaSinkOptions { Path = folder.Path, PartitionBy = partitionBy, CheckpointEvery = checkpointEvery };
        if (storage is null) return new DeltaSink(Context(table, owner), options);
        var faulty = new FaultyStorage(new LocalTableStorage(folder.Path));
        storage(faulty);
        return new DeltaSink(Context(table, owner), options, faulty);
    }

    public static CursorKey Key(int partition = 0, int generation = 1, string topic = "events") => new(new TopicPartition(topic, partition), generation);

    public static CursorMove Move(long? from, long next, int partition = 0, int generation = 1) => new(Key(partition, generation), from, next);

    /// <summary>The commit of a table that was never committed to: start cursors and no rows.</summary>
    public static SinkCommit Start(params CursorMove[] moves) => new()
    {
        Batch = new SinkBatch { Id = "start", Rows = [] },
        ExpectedDefinition = null,
        Definition = First,
        Cursors = moves,
        Sources = [new SourceIdentity { Topic = "events", ClusterId = "c1" }],
    };

    public static SinkCommit Commit(string id, IReadOnlyList<RowBlockRange> rows, params CursorMove[] moves) => new()
    {
        Batch = new SinkBatch { Id = id, Rows = rows },
        ExpectedDefinition = First,
        Definition = First,
        Cursors = moves,
    };

    /// <summary>A block of rows of <see cref="Ids"/> whose ids are their offsets.</summary>
    public static RowBlockRange IdRows(long from, int count, int partition = 0, int generation = 1) =>
        Rows.Block(Ids(), from, [.. Enumerable.Range(0, count).Select(i => new object?[] { from + i })], partition: partition, generation: generation);
}
