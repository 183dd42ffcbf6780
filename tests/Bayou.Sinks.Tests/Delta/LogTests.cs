using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Reading a table's log: what is read, how often, and what is wrong with it.</summary>
public sealed class LogTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Refresh_reads_only_new_commits()
    {
        await CreateTable(commits: 5);
        List<string> read = [];
        var log = new TableLog(new FaultyStorage(new LocalTableStorage(_folder.Path)) { BeforeRead = read.Add }, withFiles: false);
        log.Refresh();
        Assert.Equal(6, read.Count);
        read.Clear();
        _folder.WriteLog(6, """{"txn":{"appId":"x","version":1}}""");

        log.Refresh();
        log.Refresh();

        Assert.Equal(["_delta_log/00000000000000000006.json"], read);
        Assert.Equal(6, log.Snapshot!.Version);
        Assert.Equal(1, log.Snapshot.Txns["x"].Version);
    }

    [Fact]
    public async Task Refresh_of_a_table_that_was_made_anew_reads_all_of_it()
    {
        await CreateTable(commits: 2);
        var log = new TableLog(new LocalTableStorage(_folder.Path), withFiles: false);
        log.Refresh();
        var id = log.Snapshot!.Metadata.Id;
        Directory.Delete(_folder.Log, recursive: true);
        await CreateTable(commits: 3);

        log.Refresh();

        Assert.NotEqual(id, log.Snapshot.Metadata.Id);
        Assert.Equal(3, log.Snapshot.Version);
    }

    [Fact]
    public async Task Refresh_passes_over_unknown_actions_and_fields()
    {
        await CreateTable(commits: 0);
        _folder.WriteLog(1, """{"domainOfTheFuture":{"a":[1]}}""", "", """{"txn":{"appId":"x","version":1,"new":{}},"also":3}""");
        var log = new TableLog(new LocalTableStorage(_folder.Path), withFiles: true);

        log.Refresh();

        Assert.Equal(1, log.Snapshot!.Txns["x"].Version);
    }

    [Fact]
    public async Task Refresh_with_a_gap_is_fatal()
    {
        await CreateTable(commits: 3);
        File.Delete(Path.Combine(_folder.Log, "00000000000000000002.json"));

        var exception = Assert.Throws<SinkException>(() => new TableLog(new LocalTableStorage(_folder.Path), withFiles: false).Refresh());

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
        Assert.Contains("_delta_log/00000000000000000002.json is missing, though _delta_log/00000000000000000003.json is there", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refresh_without_the_beginning_is_fatal()
    {
        await CreateTable(commits: 3);
        File.Delete(Path.Combine(_folder.Log, "00000000000000000000.json"));

        var exception = Assert.Throws<SinkException>(() => new TableLog(new LocalTableStorage(_folder.Path), withFiles: false).Refresh());

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
        Assert.Contains("its first commit is 1, and there is no checkpoint", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"txn":{"appId":"x","ver""", "line 1 is not a complete action")]
    [InlineData("""{"txn":{"appId":"x"}}""", "line 1 is not a complete action")]
    [InlineData("""{"add":{"path":"a","partitionValues":{},"si""", "line 1 is not a complete action")]
    [InlineData("", "it is empty")]
    public async Task Refresh_with_a_torn_commit_is_transient(string content, string message)
    {
        await CreateTable(commits: 0);
        File.WriteAllText(Path.Combine(_folder.Log, "00000000000000000001.json"), content);

        var exception = Assert.Throws<SinkException>(() => new TableLog(new LocalTableStorage(_folder.Path), withFiles: false).Refresh());

        Assert.Equal(SinkErrorKind.Transient, exception.Kind);
        Assert.Contains("00000000000000000001.json", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refresh_with_a_v2_checkpoint_only_is_fatal()
    {
        Directory.CreateDirectory(_folder.Log);
        File.WriteAllText(Path.Combine(_folder.Log, "00000000000000000009.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.json"), "{}");

        var exception = Assert.Throws<SinkException>(() => new TableLog(new LocalTableStorage(_folder.Path), withFiles: false).Refresh());

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
        Assert.Contains("v2 format", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00000000000000000010.checkpoint.parquet", 10, 1, 1)]
    [InlineData("00000000000000000010.checkpoint.0000000002.0000000003.parquet", 10, 2, 3)]
    [InlineData("00000000000000000010.checkpoint.80a083e8-7026-4e79-81be-64bd76c43a11.parquet", 10, 0, 0)]
    public void ParseCheckpoint_of_a_name_tells_version_and_parts(string name, long version, int part, int parts) =>
        Assert.Equal(new CheckpointName(version, name, part, parts), LogNames.ParseCheckpoint(name));

    [Theory]
    [InlineData("00000000000000000010.json")]
    [InlineData("_last_checkpoint")]
    [InlineData(".00000000000000000010.checkpoint.parquet.12.tmp")]
    public void ParseCheckpoint_of_another_name_is_null(string name) => Assert.Null(LogNames.ParseCheckpoint(name));

    [Fact]
    public void FindNewest_takes_the_newest_complete_checkpoint()
    {
        string[] names =
        [
            LogNames.Checkpoint(5)["_delta_log/".Length..], "00000000000000000007.checkpoint.0000000001.0000000002.parquet",
            "00000000000000000007.checkpoint.0000000002.0000000002.parquet", "00000000000000000009.checkpoint.0000000001.0000000002.parquet",
        ];

        var found = CheckpointFiles.FindNewest(names, "here");

        Assert.Equal(7, found!.Version);
        Assert.Equal(
            ["_delta_log/00000000000000000007.checkpoint.0000000001.0000000002.parquet", "_delta_log/00000000000000000007.checkpoint.0000000002.0000000002.parquet"], found.Paths);
    }

    private async Task CreateTable(int commits)
    {
        await using var sink = Sink(_folder, Ids());
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        for (var i = 0; i < commits; i++) await sink.CommitAsync(Commit($"b{i}", [IdRows(i, 1)], Move(i, i + 1)), default);
    }
}
