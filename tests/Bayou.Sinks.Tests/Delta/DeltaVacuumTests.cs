using Bayou.Definitions;
using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Which files a vacuum deletes, and which it must not.</summary>
public sealed class DeltaVacuumTests : IDisposable
{
    private static readonly DateTime Now = FixedTime.Default.GetUtcNow().UtcDateTime;
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_deletes_what_a_crash_left_and_nothing_that_is_younger_or_belongs_to_others()
    {
        await CreateTable(3);
        foreach (var file in _folder.DataFiles) Age(file, days: 90);
        Leave("part-00000-dead.snappy.parquet", days: 8);
        Leave("_delta_log/.00000000000000000009.json.0123.tmp", days: 8);
        string[] kept = ["part-00000-young.snappy.parquet", "notes.txt", "_change_data/cdc.parquet", ".hidden.parquet", "_delta_log/_sidecars/x.parquet", "_delta_log/.00000000000000000009.json.4567.tmp"];
        foreach (var path in kept) Leave(path, days: path.Contains("young", StringComparison.Ordinal) || path.Contains("4567", StringComparison.Ordinal) ? 6 : 90);

        var trial = DeltaVacuum.Run(_folder.Path, FixedTime.Default, dryRun: true);
        var countAfterTrial = AllFiles();
        var result = DeltaVacuum.Run(_folder.Path, FixedTime.Default);

        Assert.Equal(new VacuumResult(3, 2, 8, 2, TimeSpan.FromDays(7)), result);
        Assert.Equal(result, trial);
        Assert.Equal(AllFiles() + 2, countAfterTrial);
        Assert.All(kept, path => Assert.True(File.Exists(Path.Combine(_folder.Path, path)), path));
        Assert.Equal(Ledger.Range(0, 0, 3), Ledger.Offsets(_folder));
    }

    [FactWithLake]
    public async Task Run_keeps_files_that_were_removed_within_retention()
    {
        await CreateTable(4);
        string[] old = _folder.DataFiles;
        foreach (var file in old) Age(file, days: 90);
        _folder.WriteLog(5, [.. old[..2].Select(file => Remove(file, Now.AddDays(-3))), .. old[2..3].Select(file => Remove(file, Now.AddDays(-8)))]);

        var first = DeltaVacuum.Run(_folder.Path, FixedTime.Default);
        var afterFirst = _folder.DataFiles;
        var second = DeltaVacuum.Run(_folder.Path, FixedTime.Default, TimeSpan.FromDays(2));

        Assert.Equal((1, 2), (first.Files, first.KeptFiles));
        Assert.Equal(old.Except(old[2..3]), afterFirst);
        Assert.Equal((2, 0), (second.Files, second.KeptFiles));
        Assert.Equal(old[3..], _folder.DataFiles);
        Assert.Equal("""{"n": 1}""", DeltaLake.Sql(_folder, "SELECT count(*) AS n FROM t").Single());
    }

    [Fact]
    public async Task Run_keeps_files_of_partitions_whose_names_are_escaped_or_begin_with_an_underscore()
    {
        var table = Table(Column("id", ColumnKind.Long), Column("_k", ColumnKind.String));
        await using var sink = Sink(_folder, table, partitionBy: "_k");
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, [[1L, "a/b%20c"], [2L, "ü 😀"], [3L, null]])], Move(0, 3)), default);
        string[] files = _folder.DataFiles;
        foreach (var file in files) Age(file, days: 90);
        Leave(Path.GetDirectoryName(files[0]) + "/dead.parquet", days: 90);

        var result = DeltaVacuum.Run(_folder.Path, FixedTime.Default);

        Assert.Equal((1, 0), (result.Files, result.KeptFiles));
        Assert.Equal(files, _folder.DataFiles);
    }

    [Fact]
    public async Task Run_keeps_files_that_the_log_names_by_absolute_path()
    {
        await CreateTable(1);
        foreach (var name in new[] { "one.parquet", "two.parquet" }) Leave(name, days: 90);
        _folder.WriteLog(2,
            $$$"""{"add":{"path":"{{{_folder.Path}}}/one.parquet","partitionValues":{},"size":4,"modificationTime":1,"dataChange":true}}""",
            $$$"""{"add":{"path":"file://{{{_folder.Path}}}/two.parquet","partitionValues":{},"size":4,"modificationTime":1,"dataChange":true}}""");

        Assert.Equal(0, DeltaVacuum.Run(_folder.Path, FixedTime.Default).Files);
    }

    [Fact]
    public async Task Run_beside_a_commit_keeps_the_files_that_it_has_written()
    {
        await CreateTable(1);
        VacuumResult? result = null;
        await using var sink = Sink(_folder, Ids(), storage: storage => storage.BeforeCreate = _ =>
        {
            storage.BeforeCreate = null;
            foreach (var file in _folder.DataFiles) File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, file), Now.AddMinutes(-59));
            result = DeltaVacuum.Run(_folder.Path, FixedTime.Default, DeltaVacuum.LeastRetention);
        });

        await sink.CommitAsync(Commit("b", [IdRows(1, 1)], Move(1, 2)), default);

        Assert.Equal((0, 1), (result!.Files, result.KeptFiles));
        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Run_beside_a_compaction_keeps_what_it_reads_and_what_it_has_written()
    {
        await CreateTable(4);
        foreach (var file in _folder.DataFiles) Age(file, days: 90);
        VacuumResult?[] results = [null, null];
        var storage = new FaultyStorage(new LocalTableStorage(_folder.Path));
        storage.BeforeRead = path =>
        {
            if (!path.EndsWith(".parquet", StringComparison.Ordinal)) return;
            results[0] ??= Vacuum();
        };
        storage.BeforeCreate = _ =>
        {
            storage.BeforeRead = null;
            results[1] ??= Vacuum();
        };
        VacuumResult Vacuum()
        {
            // What the merge has just written is as young as the clock of the disk says.
            foreach (var file in new DirectoryInfo(_folder.Path).GetFiles("*.parquet").Where(file => file.LastWriteTimeUtc > Now)) file.LastWriteTimeUtc = Now;
            return DeltaVacuum.Run(_folder.Path, FixedTime.Default, DeltaVacuum.LeastRetention);
        }

        var merged = new TableCompactor(storage, new DeltaSinkOptions { Path = _folder.Path }, FixedTime.Default).Run(2, default);
        var after = DeltaVacuum.Run(_folder.Path, FixedTime.Default, DeltaVacuum.LeastRetention);

        Assert.Equal(new CompactionResult(1, 4, 0), merged);
        Assert.Equal((0, 0, 0), (results[0]!.Files, results[1]!.Files, after.Files));
        Assert.Equal((1, 1, 4), (results[0]!.KeptFiles, results[1]!.KeptFiles, after.KeptFiles));
        Assert.Equal(Ledger.Range(0, 0, 4), Ledger.Offsets(_folder));
    }

    [FactWithLake]
    public async Task Run_keeps_for_the_retention_what_readers_of_an_older_version_read()
    {
        await CreateTable(4);
        foreach (var file in _folder.DataFiles) Age(file, days: 90);
        var older = DeltaTableReader.Open(_folder.Path);
        var reading = older.Read("_offset").GetEnumerator();
        Assert.True(reading.MoveNext());
        Assert.Equal(new CompactionResult(1, 4, 0), new TableCompactor(new LocalTableStorage(_folder.Path), new DeltaSinkOptions { Path = _folder.Path }, FixedTime.Default).Run(2, default));

        // The last moment of the retention, and the first behind it.
        var last = DeltaVacuum.Run(new LocalTableStorage(_folder.Path), new FixedTime(FixedTime.Default.GetUtcNow().AddDays(7)), null, dryRun: false);
        var offsets = new List<long> { reading.Current.Columns[0].Fixed<long>()[0] };
        while (reading.MoveNext()) offsets.Add(reading.Current.Columns[0].Fixed<long>()[0]);
        DeltaLake.Python(_folder, """
            import sys
            from deltalake import DeltaTable, QueryBuilder
            old = next(iter(QueryBuilder().register("t", DeltaTable(sys.argv[1], version=4)).execute("SELECT sum(_offset) AS s, count(*) AS n FROM t")))
            assert (old.column(0)[0].as_py(), old.column(1)[0].as_py()) == (6, 4), old
            """);
        var first = DeltaVacuum.Run(new LocalTableStorage(_folder.Path), new FixedTime(FixedTime.Default.GetUtcNow().AddDays(7).AddMilliseconds(1)), null, dryRun: false);

        Assert.Equal([0, 1, 2, 3], offsets.Order());
        Assert.Equal((0, 4), (last.Files, last.KeptFiles));
        Assert.Equal((4, 0), (first.Files, first.KeptFiles));
        Assert.Equal(Ledger.Range(0, 0, 4), Ledger.Offsets(_folder));
        Assert.Contains(".parquet of version 4", Assert.Throws<SinkException>(() => older.Read("_offset").Count()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Run_at_each_step_of_a_commit_takes_nothing_from_it(int step)
    {
        await CreateTable(1);
        List<VacuumResult> results = [];
        void Vacuum(int at)
        {
            if (at != step) return;
            foreach (var file in new DirectoryInfo(_folder.Path).GetFiles("*", SearchOption.AllDirectories).Where(file => file.LastWriteTimeUtc > Now)) file.LastWriteTimeUtc = Now;
            results.Add(DeltaVacuum.Run(_folder.Path, FixedTime.Default, DeltaVacuum.LeastRetention));
        }

        await using var sink = Sink(_folder, Ids(), storage: storage =>
        {
            storage.BeforeWrite = _ => Vacuum(1);
            storage.BeforeCreate = _ => Vacuum(2);
            storage.AfterCreate = _ => Vacuum(3);
        });

        Assert.True((await sink.CommitAsync(Commit("b", [IdRows(1, 1)], Move(1, 2)), default)).Committed);

        Assert.Equal((0, step == 2 ? 1 : 0), (Assert.Single(results).Files, results[0].KeptFiles));
        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Run_keeps_a_file_that_is_committed_while_it_runs()
    {
        await CreateTable(1);
        Leave("slow.parquet", days: 90);
        var storage = new FaultyStorage(new LocalTableStorage(_folder.Path));
        storage.BeforeRead = _ =>
        {
            storage.BeforeRead = null;
            _folder.WriteLog(2, """{"add":{"path":"slow.parquet","partitionValues":{},"size":4,"modificationTime":1,"dataChange":true}}""");
        };

        var result = DeltaVacuum.Run(storage, FixedTime.Default, null, dryRun: false);

        Assert.Equal((2, 0), (result.Version, result.Files));
    }

    [Theory]
    [InlineData("", 59.0, "retention is 59m, and files of a commit that is under way are safe from 1h on")]
    [InlineData("", 8.0 * 1440, "the table keeps removals for 7d only")]
    [InlineData("interval 2 days", 3.0 * 1440, "the table keeps removals for 2d only")]
    [InlineData("soon", null, "delta.deletedFileRetentionDuration = soon is not understood")]
    [InlineData("interval 30 days", null, null)]
    public async Task Run_with_a_retention_that_is_not_safe_deletes_nothing(string property, double? minutes, string? message)
    {
        await CreateTable(1, property);
        Leave("dead.parquet", days: 29);
        VacuumResult Run() => DeltaVacuum.Run(_folder.Path, FixedTime.Default, minutes is { } value ? TimeSpan.FromMinutes(value) : null);

        if (message is null) Assert.Equal((0, 1), (Run().Files, Run().KeptFiles));
        else Assert.Contains(message, Assert.Throws<SinkException>(Run).Message, StringComparison.Ordinal);

        Assert.True(File.Exists(Path.Combine(_folder.Path, "dead.parquet")));
    }

    [Fact]
    public async Task Run_of_what_is_no_table_or_not_understood_deletes_nothing()
    {
        Leave("dead.parquet", days: 29);

        Assert.Contains("There is no Delta table at", Assert.Throws<SinkException>(() => DeltaVacuum.Run(_folder.Path, FixedTime.Default)).Message, StringComparison.Ordinal);
        await CreateTable(1);
        _folder.WriteLog(2, """{"protocol":{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["somethingNew"]}}""");
        var exception = Assert.Throws<SinkException>(() => DeltaVacuum.Run(_folder.Path, FixedTime.Default));

        Assert.Contains("it has the table feature somethingNew, which is not supported for writing. Nothing was deleted.", exception.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "dead.parquet")));
    }

    [Fact]
    public async Task Run_does_not_follow_links_out_of_the_table()
    {
        await CreateTable(1);
        using var outside = new TableFolder();
        var precious = Path.Combine(outside.Path, "precious.parquet");
        File.WriteAllText(precious, "data");
        File.SetLastWriteTimeUtc(precious, Now.AddDays(-90));
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "link"), outside.Path);

        Assert.Equal(0, DeltaVacuum.Run(_folder.Path, FixedTime.Default).Files);
        Assert.True(File.Exists(precious));
    }

    private async Task CreateTable(int commits, string retention = "")
    {
        await using var sink = Sink(_folder, Ids());
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        for (var i = 0; i < commits; i++) await sink.CommitAsync(Commit($"b{i}", [IdRows(i, 1)], Move(i, i + 1)), default);
        if (retention.Length == 0) return;
        var line = _folder.ReadLog(0).Split('\n').Single(line => line.StartsWith("{\"metaData\"", StringComparison.Ordinal));
        _folder.WriteLog(commits + 1, line.Replace("\"configuration\":{", $"\"configuration\":{{\"delta.deletedFileRetentionDuration\":\"{retention}\",", StringComparison.Ordinal));
    }

    private int AllFiles() => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories).Length;

    private void Leave(string path, int days)
    {
        var full = Path.Combine(_folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, "dead");
        File.SetLastWriteTimeUtc(full, Now.AddDays(-days));
    }

    private void Age(string path, int days) => File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, path), Now.AddDays(-days));

    private static string Remove(string path, DateTime at) =>
        $$$"""{"remove":{"path":"{{{path}}}","deletionTimestamp":{{{new DateTimeOffset(at).ToUnixTimeMilliseconds()}}},"dataChange":false}}""";
}
