using Bayou.Definitions;
using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Merging small files: the same rows in fewer files, beside writers that never wait for it.</summary>
public sealed class CompactionTests : IDisposable
{
    // Numbers as text, because JSON has no NaN.
    private const string Everything =
        "SELECT _topic, _partition, _offset, _timestamp, s, i, l, CAST(f AS VARCHAR) f, CAST(d AS VARCHAR) d, m9, m18, m38, b, CAST(arrow_cast(ts, 'Int64') AS VARCHAR) ts, day, none FROM t ORDER BY _offset";

    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWithLake]
    public async Task Run_merges_every_type_and_both_readers_read_the_same()
    {
        var random = new Random(TestSeed.Value);
        var table = Table([.. RandomColumn.All.Select(column => column.Definition)]);
        await using var sink = Sink(_folder, table);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        for (var i = 0; i < 12; i++)
            await sink.CommitAsync(Commit($"b{i}", [Rows.Block(table, i * 5, [.. Enumerable.Range(0, 5).Select(_ => RandomColumn.All.Select(column => column.Value(random)).ToArray())])], Move(i * 5, i * 5 + 5)), default);
        var (ours, theirs) = (AllRows(), DeltaLake.Sql(_folder, Everything));

        var result = Compactor().Run(2, default);

        Assert.Equal(new CompactionResult(1, 12, 0), result);
        Assert.Single(DeltaTableReader.Open(_folder.Path).Files);
        Assert.Equal(ours, AllRows());
        Assert.True(theirs.SequenceEqual(DeltaLake.Sql(_folder, Everything)), TestSeed.Text);
        var log = _folder.ReadLog(13).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(14, log.Length);
        Assert.Contains("\"operation\":\"OPTIMIZE\"", log[0], StringComparison.Ordinal);
        Assert.Contains("\"numRemovedFiles\":\"12\"", log[0], StringComparison.Ordinal);
        Assert.All(log[1..], line => Assert.Contains("\"dataChange\":false", line, StringComparison.Ordinal));
        Assert.Equal((First, 60L), ((await sink.ReadStateAsync(default)).Definition, (await sink.ReadStateAsync(default)).Cursors[Key()]));
    }

    [FactWithLake]
    public async Task Run_keeps_partition_values_and_leaves_groups_with_few_files()
    {
        var table = Table(Column("id", ColumnKind.Long), Column("k", ColumnKind.String), Column("d", ColumnKind.Date));
        await using var sink = Sink(_folder, table, partitionBy: ["k", "d"]);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        object?[][] kinds = [["a/b 100%", 0], [null, -1], ["a/b 100%", null], ["few", 1]];
        for (var i = 0; i < 4; i++)
        {
            object?[][] rows = [.. kinds.Take(i == 0 ? 4 : 3).Select((kind, k) => kind.Prepend(i * 10L + k).ToArray())];
            await sink.CommitAsync(Commit($"b{i}", [Rows.Block(table, i * 4, rows)], Move(i * 4, i * 4 + 4)), default);
        }

        const string sql = "SELECT k, CAST(d AS VARCHAR) d, count(*) n, sum(id) s FROM t GROUP BY k, d ORDER BY s";
        var before = DeltaLake.Sql(_folder, sql);

        var result = Compactor().Run(4, default);

        Assert.Equal(new CompactionResult(3, 12, 0), result);
        Assert.Equal(4, DeltaTableReader.Open(_folder.Path).Files.Count);
        Assert.Equal(before, DeltaLake.Sql(_folder, sql));
    }

    [Fact]
    public async Task Run_behind_appends_follows_them()
    {
        await using var sink = await CreateTable(5);
        var raced = 0;
        var storage = Racing(() =>
        {
            if (raced == 3) return;
            sink.CommitAsync(Commit($"r{raced}", [IdRows(5 + raced, 1)], Move(5 + raced, 6 + raced)), default).Wait();
            raced++;
        });

        var result = new TableCompactor(storage, Options(), FixedTime.Default).Run(2, default);

        Assert.Equal(new CompactionResult(1, 5, 0), result);
        Assert.Equal(4, DeltaTableReader.Open(_folder.Path).Files.Count);
        Assert.Equal(Ledger.Range(0, 0, 8), Ledger.Offsets(_folder));
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("metaData")]
    [InlineData("compaction")]
    public async Task Run_that_meets_a_change_of_its_files_or_table_gives_up_and_leaves_no_file(string change)
    {
        await using var sink = await CreateTable(5);
        var table = DeltaTableReader.Open(_folder.Path);
        var victim = table.Files[0].Path;
        var storage = Racing(() => Change(change, victim), once: true);

        var result = new TableCompactor(storage, Options(), FixedTime.Default).Run(2, default);

        Assert.Equal(new CompactionResult(0, 0, 1), result);
        Assert.Equal(change == "remove" ? Ledger.Range(0, 1, 4) : Ledger.Range(0, 0, 5), Ledger.Offsets(_folder));
        Assert.Equal(change == "compaction" ? 6 : 5, _folder.DataFiles.Length);
    }

    [Fact]
    public async Task Run_that_is_cancelled_or_fails_leaves_the_small_files_alone()
    {
        await using var sink = await CreateTable(3);
        var storage = new FaultyStorage(new LocalTableStorage(_folder.Path)) { BeforeCreate = _ => throw new IOException("No space left on device") };

        Assert.ThrowsAny<OperationCanceledException>(() => Compactor().Run(2, new CancellationToken(true)));
        Assert.Throws<IOException>(() => new TableCompactor(storage, Options(), FixedTime.Default).Run(2, default));

        Assert.Equal(3, DeltaTableReader.Open(_folder.Path).Files.Count);
        Assert.Equal(Ledger.Range(0, 0, 3), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Run_takes_no_more_than_the_target_size_and_no_large_files()
    {
        await using var sink = await CreateTable(6);
        var sizes = DeltaTableReader.Open(_folder.Path).Files.Select(file => file.SizeBytes).ToArray();
        var options = new DeltaSinkOptions { Path = _folder.Path, TargetFileBytes = sizes[0] * 3 + sizes[0] / 2 };

        var result = new TableCompactor(new LocalTableStorage(_folder.Path), options, FixedTime.Default).Run(2, default);

        Assert.Equal(new CompactionResult(1, 3, 0), result);
        Assert.Equal(new CompactionResult(0, 0, 0), new TableCompactor(new LocalTableStorage(_folder.Path), new DeltaSinkOptions { Path = _folder.Path, TargetFileBytes = sizes.Min() }, FixedTime.Default).Run(2, default));
    }

    [Fact]
    public async Task Run_of_a_table_with_a_column_that_is_not_written_leaves_it_alone()
    {
        await using var sink = await CreateTable(3);
        Change("nested", "");

        Assert.Equal(new CompactionResult(0, 0, 0), Compactor().Run(2, default));
    }

    [Theory]
    [InlineData(null, 12, 12)]
    [InlineData(4, 1, 15)] // 4 files to 1, that and 4 more to 1, and again
    public async Task Commit_compacts_as_often_as_the_option_says(int? compact, int files, int version)
    {
        await using (var sink = new DeltaSink(Context(Ids()), new DeltaSinkOptions { Path = _folder.Path, Compact = compact }))
        {
            await sink.OpenAsync(default);
            await sink.CommitAsync(Start(Move(null, 0)), default);
            for (var i = 0; i < 12; i++) Assert.True((await sink.CommitAsync(Commit($"b{i}", [IdRows(i, 1)], Move(i, i + 1)), default)).Committed);
        }

        var table = DeltaTableReader.Open(_folder.Path);
        Assert.Equal((files, version), (table.Files.Count, table.Version));
        Assert.Equal(Ledger.Range(0, 0, 12), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Commit_counts_what_compaction_did_and_why_it_failed()
    {
        Action<string>? optimizing = null;
        var storage = new FaultyStorage(new LocalTableStorage(_folder.Path)) { BeforeRead = path => optimizing?.Invoke(path) };
        await using var sink = new DeltaSink(Context(Ids()), new DeltaSinkOptions { Path = _folder.Path, Compact = 4 }, storage);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        async Task Commits(int from, int count)
        {
            for (var i = from; i < from + count; i++) Assert.True((await sink.CommitAsync(Commit($"b{i}", [IdRows(i, 1)], Move(i, i + 1)), default)).Committed);
        }

        var before = sink.Compaction;
        await Commits(0, 4);
        var merged = sink.Compaction;
        // Data files are read by the compaction only.
        optimizing = path => { if (path.EndsWith(".parquet", StringComparison.Ordinal)) throw new IOException("No such disk"); };
        await Commits(4, 4);
        var failed = sink.Compaction;
        optimizing = path =>
        {
            if (!path.EndsWith(".parquet", StringComparison.Ordinal)) return;
            optimizing = null;
            var next = DeltaTableReader.Open(_folder.Path).Version + 1;
            _folder.WriteLog(next, $$$"""{"remove":{"path":"{{{Path.GetFileName(path)}}}","deletionTimestamp":1,"dataChange":true}}""");
        };
        await Commits(8, 4);

        Assert.Equal(new Status.CompactionStatus(), before);
        Assert.Equal(new Status.CompactionStatus { Runs = 1, FilesBefore = 4, FilesAfter = 1 }, merged);
        Assert.Equal(new Status.CompactionStatus { Runs = 1, FilesBefore = 4, FilesAfter = 1, Failures = 1, LastFailure = "No such disk" }, failed);
        Assert.Equal(new Status.CompactionStatus { Runs = 2, FilesBefore = 4, FilesAfter = 1, Failures = 1, Conflicts = 1 }, sink.Compaction);
        await using var other = Sink(_folder, Ids());
        Assert.Null(other.Compaction);
    }

    private async Task<DeltaSink> CreateTable(int commits)
    {
        var sink = Sink(_folder, Ids());
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        for (var i = 0; i < commits; i++) await sink.CommitAsync(Commit($"b{i}", [IdRows(i, 1)], Move(i, i + 1)), default);
        return sink;
    }

    private DeltaSinkOptions Options() => new() { Path = _folder.Path };

    private TableCompactor Compactor() => new(new LocalTableStorage(_folder.Path), Options(), FixedTime.Default);

    private FaultyStorage Racing(Action other, bool once = false)
    {
        var storage = new FaultyStorage(new LocalTableStorage(_folder.Path));
        storage.BeforeCreate = _ =>
        {
            if (once) storage.BeforeCreate = null;
            other();
        };
        return storage;
    }

    private void Change(string change, string victim)
    {
        var next = DeltaTableReader.Open(_folder.Path).Version + 1;
        var metadata = _folder.ReadLog(0).Split('\n').Single(line => line.StartsWith("{\"metaData\"", StringComparison.Ordinal));
        switch (change)
        {
            case "remove": _folder.WriteLog(next, $$$"""{"remove":{"path":"{{{victim}}}","deletionTimestamp":1,"dataChange":true}}"""); break;
            case "metaData": _folder.WriteLog(next, WithColumn(metadata, "\"long\"")); break;
            case "nested": _folder.WriteLog(next, WithColumn(metadata, """{"type":"array","elementType":"long","containsNull":true}""")); break;
            default: Assert.Equal(new CompactionResult(1, 5, 0), Compactor().Run(2, default)); break;
        }
    }

    private static string WithColumn(string metadata, string type)
    {
        var field = System.Text.Json.JsonSerializer.Serialize($$$"""{"name":"more","type":{{{type}}},"nullable":true,"metadata":{}},""")[1..^1].Replace("\\u0022", "\\\"", StringComparison.Ordinal);
        const string first = "\\\"fields\\\":[";
        Assert.Contains(first, metadata, StringComparison.Ordinal);
        return metadata.Replace(first, first + field, StringComparison.Ordinal);
    }

    private string[] AllRows()
    {
        var table = DeltaTableReader.Open(_folder.Path);
        return
        [
            .. table.Read([.. table.Columns.Select(column => column.Name)])
                .SelectMany(rows => Enumerable.Range(0, rows.Count).Select(row => string.Join('|', rows.Columns.Select(column => column.Value(row)))))
                .Order(StringComparer.Ordinal),
        ];
    }
}
