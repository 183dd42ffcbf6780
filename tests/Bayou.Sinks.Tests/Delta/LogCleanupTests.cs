using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Old commits and checkpoints: deleted behind a checkpoint that is itself beyond retention, and never otherwise.</summary>
public sealed class LogCleanupTests : IDisposable
{
    private static readonly DateTimeOffset Now = FixedTime.Default.GetUtcNow();
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWithLake]
    public async Task Commit_that_writes_a_checkpoint_deletes_the_log_beyond_retention()
    {
        await CreateTable(commits: 11);
        Age(version => version <= 7 ? 40 : 20);
        await using var sink = Sink(_folder, Ids(), checkpointEvery: 3);

        await sink.CommitAsync(Commit("last", [IdRows(11, 1)], Move(11, 12)), default);

        Assert.Equal(Names(from: 6, to: 12, 6, 9, 12), _folder.LogFiles);
        Assert.Equal(Ledger.Range(0, 0, 12), Ledger.Offsets(_folder));
        Assert.Equal(12, (await sink.ReadStateAsync(default)).Cursors[Key()]);
        Assert.Equal("""{"n": 12}""", DeltaLake.Sql(_folder, "SELECT count(*) AS n FROM t").Single());
    }

    [Theory]
    [InlineData(2, 40, "", 0)] // no checkpoint is beyond retention
    [InlineData(11, 29, "", 0)]
    [InlineData(11, 32, "", 11)] // commits 0 to 8 and the first two checkpoints
    [InlineData(11, 40, "\"delta.enableExpiredLogCleanup\":\"false\"", 0)]
    [InlineData(11, 40, "\"delta.logRetentionDuration\":\"interval 41 days\"", 0)]
    [InlineData(11, 40, "\"delta.logRetentionDuration\":\"interval 2 months\"", 0)] // not understood
    [InlineData(11, 3, "\"delta.logRetentionDuration\":\"interval 1 day\"", 11)]
    public async Task Run_follows_the_properties(int expiredUpTo, int days, string property, int deleted)
    {
        await CreateTable(commits: 11);
        Age(version => version <= expiredUpTo ? days : 0);
        var properties = property.Length == 0 ? [] : System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>("{" + property + "}")!;

        var count = LogCleanup.Run(new LocalTableStorage(_folder.Path), properties, Now);

        Assert.Equal(deleted, count);
        Assert.Equal(deleted == 0 ? Names(0, 11, 3, 6, 9) : Names(9, 11, 9), _folder.LogFiles);
    }

    [Fact]
    public async Task Run_deletes_nothing_when_the_checkpoint_that_would_stay_is_damaged()
    {
        await CreateTable(commits: 11);
        Age(_ => 40);
        File.WriteAllText(Path.Combine(_folder.Log, "00000000000000000009.checkpoint.parquet"), "PAR1 but no more PAR1");

        Assert.Throws<SinkException>(() => LogCleanup.Run(new LocalTableStorage(_folder.Path), new Dictionary<string, string>(), Now));

        Assert.Equal(Names(0, 11, 3, 6, 9), _folder.LogFiles);
    }

    [Fact]
    public async Task Run_that_is_cut_short_leaves_a_table_that_opens()
    {
        await CreateTable(commits: 11);
        Age(_ => 40);
        var left = 4;
        var storage = new FaultyStorage(new LocalTableStorage(_folder.Path)) { BeforeDelete = _ => { if (left-- == 0) throw new IOException("killed"); } };

        Assert.Throws<IOException>(() => LogCleanup.Run(storage, new Dictionary<string, string>(), Now));

        Assert.Equal(Ledger.Range(0, 0, 11), Ledger.Offsets(_folder));
        Assert.Equal(7, LogCleanup.Run(new LocalTableStorage(_folder.Path), new Dictionary<string, string>(), Now));
        Assert.Equal(Ledger.Range(0, 0, 11), Ledger.Offsets(_folder));
    }

    [Theory]
    [InlineData("00000000000000000004.json", true)]
    [InlineData("00000000000000000005.json", false)]
    [InlineData("00000000000000000004.crc", true)]
    [InlineData("00000000000000000004.checkpoint.parquet", true)]
    [InlineData("00000000000000000004.checkpoint.0000000001.0000000002.parquet", true)]
    [InlineData("00000000000000000005.checkpoint.parquet", false)]
    [InlineData("00000000000000000005.00000000000000000009.compacted.json", true)]
    [InlineData("00000000000000000006.00000000000000000009.compacted.json", false)]
    [InlineData("_last_checkpoint", false)]
    [InlineData(".00000000000000000004.json.0123.tmp", false)]
    [InlineData("00000000000000000004.json.bak", false)]
    [InlineData("notes.txt", false)]
    public void ExpiresWith_names_what_a_checkpoint_of_version_5_replaces(string name, bool expires) => Assert.Equal(expires, LogNames.ExpiresWith(name, 5));

    [Fact]
    public async Task Commit_of_a_writer_that_slept_until_its_version_was_cleaned_away_goes_behind_the_latest()
    {
        await CreateTable(commits: 2);
        await using var sleeper = Sink(_folder, Ids(), owner: "payments", storage: storage => storage.BeforeCreate = path =>
        {
            storage.BeforeCreate = null;
            CreateTable(commits: 10, from: 2).Wait();
            foreach (var name in _folder.LogFiles.Where(name => LogNames.ExpiresWith(name, 9))) File.Delete(Path.Combine(_folder.Log, name));
        });

        var result = await sleeper.CommitAsync(Start(Move(null, 4)), default);

        Assert.Equal((true, 11), (result.Committed, result.SinkVersion));
        Assert.Equal(Names(9, 11, 9), _folder.LogFiles);
        Assert.Equal(4, (await sleeper.ReadStateAsync(default)).Cursors[Key()]);
    }

    private static string[] Names(int from, int to, params int[] checkpoints) =>
    [
        .. Enumerable.Range(from, to - from + 1).Select(version => $"{version:D20}.json")
            .Concat(checkpoints.Select(version => $"{version:D20}.checkpoint.parquet")).Append("_last_checkpoint").Order(StringComparer.Ordinal),
    ];

    private async Task CreateTable(int commits, int from = 0)
    {
        await using var sink = Sink(_folder, Ids(), checkpointEvery: 3);
        await sink.OpenAsync(default);
        if (from == 0) await sink.CommitAsync(Start(Move(null, 0)), default);
        for (var i = from; i < commits; i++) await sink.CommitAsync(Commit($"b{i}", [IdRows(i, 1)], Move(i, i + 1)), default);
    }

    private void Age(Func<long, int> days)
    {
        foreach (var name in _folder.LogFiles)
            if (LogNames.ParseCommit(name) is { } version) File.SetLastWriteTimeUtc(Path.Combine(_folder.Log, name), Now.UtcDateTime.AddDays(-days(version)));
    }
}
