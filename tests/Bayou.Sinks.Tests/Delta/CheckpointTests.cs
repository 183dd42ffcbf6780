using System.Text.Json;
using Bayou.Definitions;
using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Checkpoints: written, read back by this library and by delta-rs, and never in the way of a commit.</summary>
public sealed class CheckpointTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWithLake]
    public async Task Commit_300_times_opens_from_the_checkpoint_without_older_commits()
    {
        await using (var sink = await CreateSink(checkpointEvery: 100))
            for (var i = 0; i < 300; i++) await sink.CommitAsync(Commit($"b{i}", [IdRows(i, 1)], Move(i, i + 1)), default);
        Assert.Equal(["00000000000000000100.checkpoint.parquet", "00000000000000000200.checkpoint.parquet", "00000000000000000300.checkpoint.parquet"],
            _folder.LogFiles.Where(name => name.Contains("checkpoint.", StringComparison.Ordinal)));
        foreach (var name in _folder.LogFiles.Where(name => name.EndsWith(".json", StringComparison.Ordinal))) File.Delete(Path.Combine(_folder.Log, name));

        Assert.Equal(Ledger.Range(0, 0, 300), Ledger.Offsets(_folder));
        var info = DeltaLake.Info(_folder);
        Assert.Equal((300, 300, 300), (info.GetProperty("version").GetInt32(), info.GetProperty("rows").GetInt32(), info.GetProperty("files").GetInt32()));
        Assert.Equal("""{"shop/orders/events@1-0": 300}""", info.GetProperty("txn").GetRawText());
        Assert.Equal("""{"n": 1}""", DeltaLake.Sql(_folder, "SELECT count(*) AS n FROM t WHERE _offset = 123").Single());

        await using var later = Sink(_folder, Ids());
        await later.OpenAsync(default);
        var result = await later.CommitAsync(Commit("after", [IdRows(300, 2)], Move(300, 302)), default);

        Assert.Equal((true, 301), (result.Committed, result.SinkVersion));
        Assert.Equal(First, (await later.ReadStateAsync(default)).Definition);
        Assert.Equal("""{"n": 302}""", DeltaLake.Sql(_folder, "SELECT count(*) AS n FROM t").Single());
    }

    [Fact]
    public async Task Open_from_a_checkpoint_reads_only_the_commits_after_it()
    {
        await using (var sink = await CreateSink(checkpointEvery: 10))
            for (var i = 0; i < 12; i++) await sink.CommitAsync(Commit($"b{i}", [IdRows(i, 1)], Move(i, i + 1)), default);
        List<string> read = [];

        new TableLog(new FaultyStorage(new LocalTableStorage(_folder.Path)) { BeforeRead = read.Add }, withFiles: false).Refresh();

        Assert.Equal(
            ["_delta_log/00000000000000000010.checkpoint.parquet", "_delta_log/00000000000000000011.json", "_delta_log/00000000000000000012.json"], read);
    }

    [Fact]
    public async Task Write_then_read_of_a_checkpoint_keeps_every_action()
    {
        _folder.WriteLog(0,
            """{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["timestampNtz"],"writerFeatures":["appendOnly","timestampNtz"]}}""",
            """{"metaData":{"id":"t1","name":"n","description":"d","format":{"provider":"parquet","options":{"a":"b"}},"schemaString":"{\"type\":\"struct\",\"fields\":[]}","partitionColumns":["p","q"],"configuration":{"x":"1","y":""},"createdTime":17}}""",
            """{"add":{"path":"p=1/a.parquet","partitionValues":{"p":"1","q":null},"size":10,"modificationTime":11,"dataChange":true,"stats":"{\"numRecords\":1}","tags":{"k":"v"}}}""",
            """{"add":{"path":"b.parquet","partitionValues":{},"size":20,"modificationTime":21,"dataChange":true}}""",
            """{"add":{"path":"gone.parquet","partitionValues":{"p":"2"},"size":30,"modificationTime":31,"dataChange":true}}""",
            """{"txn":{"appId":"one","version":5,"lastUpdated":6}}""",
            """{"txn":{"appId":"two","version":7}}""");
        _folder.WriteLog(1,
            """{"remove":{"path":"gone.parquet","deletionTimestamp":1000,"dataChange":true,"extendedFileMetadata":true,"partitionValues":{"p":"2"},"size":30}}""",
            """{"remove":{"path":"old.parquet","deletionTimestamp":999,"dataChange":true}}""");
        var storage = new LocalTableStorage(_folder.Path);
        var before = new TableLog(storage, withFiles: true).Refresh()!;

        CheckpointWriter.Write(storage, before, removedSince: 1000);
        var after = CheckpointReader.Read(storage, new CheckpointFiles(1, [LogNames.Checkpoint(1)]), withFiles: true);

        Assert.Equal(Json(before.Protocol), Json(after.Protocol!));
        Assert.Equal(Json(before.Metadata), Json(after.Metadata!));
        Assert.Equal([new TxnAction("one", 5, 6), new TxnAction("two", 7, null)], after.Txns);
        Assert.Equal(before.Files!.Active.Select(add => Json(add with { DataChange = false })), after.Adds.Select(Json));
        Assert.Equal([Json(before.Files.Removed.Single(remove => remove.Path == "gone.parquet") with { DataChange = false })], after.Removes.Select(Json));
        Assert.StartsWith("""{"version":1,"size":7,"sizeInBytes":""", File.ReadAllText(Path.Combine(_folder.Log, "_last_checkpoint")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_whose_checkpoint_fails_stands_and_the_next_one_writes_it()
    {
        await using var sink = await CreateSink(checkpointEvery: 2, storage: storage => storage.BeforeWrite = path =>
        {
            if (!path.Contains("checkpoint", StringComparison.Ordinal)) return;
            storage.BeforeWrite = null;
            throw new IOException("No space left on device");
        });

        await sink.CommitAsync(Commit("b0", [IdRows(0, 1)], Move(0, 1)), default);
        var result = await sink.CommitAsync(Commit("b1", [IdRows(1, 1)], Move(1, 2)), default);
        Assert.DoesNotContain("00000000000000000002.checkpoint.parquet", _folder.LogFiles);
        await sink.CommitAsync(Commit("b2", [IdRows(2, 1)], Move(2, 3)), default);

        Assert.Equal((true, 2), (result.Committed, result.SinkVersion));
        Assert.Contains("00000000000000000003.checkpoint.parquet", _folder.LogFiles);
        Assert.Equal(Ledger.Range(0, 0, 3), Ledger.Offsets(_folder));
    }

    [FactWithLake]
    public async Task Open_from_a_checkpoint_of_delta_rs_goes_on()
    {
        await using (var sink = await CreateSink(checkpointEvery: 1000))
            for (var i = 0; i < 3; i++) await sink.CommitAsync(Commit($"b{i}", [IdRows(i, 1)], Move(i, i + 1)), default);
        DeltaLake.Python(_folder, "import sys; from deltalake import DeltaTable; DeltaTable(sys.argv[1]).create_checkpoint()");
        foreach (var name in _folder.LogFiles.Where(name => name.EndsWith(".json", StringComparison.Ordinal))) File.Delete(Path.Combine(_folder.Log, name));
        Assert.Contains("00000000000000000003.checkpoint.parquet", _folder.LogFiles);

        await using var later = Sink(_folder, Ids());
        await later.OpenAsync(default);
        var state = await later.ReadStateAsync(default);
        var result = await later.CommitAsync(Commit("b3", [IdRows(3, 1)], Move(3, 4)), default);

        Assert.Equal((First, 3L), (state.Definition, state.Cursors[Key()]));
        Assert.Equal((true, 4), (result.Committed, result.SinkVersion));
        Assert.Equal(Ledger.Range(0, 0, 4), Ledger.Offsets(_folder));
    }

    [Theory]
    [InlineData("interval 1 week", 7 * 86_400)]
    [InlineData("interval 30 days", 30 * 86_400)]
    [InlineData("INTERVAL 5 seconds", 5)]
    [InlineData("2 hours", 7200)]
    public void TryParse_of_an_interval_is_its_length(string text, int seconds)
    {
        Assert.True(IntervalText.TryParse(text, out var interval));
        Assert.Equal(TimeSpan.FromSeconds(seconds), interval);
    }

    [Theory]
    [InlineData("interval 1 month")]
    [InlineData("interval 1 week 2 days")]
    [InlineData("")]
    public void TryParse_of_another_text_is_false(string text) => Assert.False(IntervalText.TryParse(text, out _));

    private async Task<DeltaSink> CreateSink(int checkpointEvery, Action<FaultyStorage>? storage = null)
    {
        var sink = Sink(_folder, Ids(), storage: storage, checkpointEvery: checkpointEvery);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        return sink;
    }

    private static string Json<T>(T action) => JsonSerializer.Serialize(action);
}
