using Bayou.Sinks.Delta;
using Bayou.Sources;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>The compare-and-set of a commit, and what becomes of it when storage fails.</summary>
public sealed class CommitFenceTests : IDisposable
{
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadState_of_no_table_is_empty()
    {
        await using var sink = await CreateSink();

        var state = await sink.ReadStateAsync(default);

        Assert.Null(state.Definition);
        Assert.Empty(state.Cursors);
        Assert.Empty(state.Sources);
        Assert.Empty(_folder.LogFiles);
    }

    [Fact]
    public async Task Commit_first_creates_the_table_with_cursors_definition_and_sources()
    {
        await using var sink = await CreateSink();

        var result = await sink.CommitAsync(Start(Move(null, 5), Move(null, 0, partition: 1)), default);

        Assert.Equal((true, 0, 0), (result.Committed, result.SinkVersion, result.FilesWritten));
        await using var another = await CreateSink();
        var state = await another.ReadStateAsync(default);
        Assert.Equal(First, state.Definition);
        Assert.Equal(new Dictionary<CursorKey, long> { [Key()] = 5, [Key(1)] = 0 }, state.Cursors);
        Assert.Equal([new SourceIdentity { Topic = "events", ClusterId = "c1" }], state.Sources);
        Assert.Equal(["00000000000000000000.json"], _folder.LogFiles);
    }

    [Fact]
    public async Task Commit_that_moves_a_cursor_back_goes_through_when_it_is_expected()
    {
        await using var sink = await CreateSink(started: true);
        await sink.CommitAsync(Commit("b1", [IdRows(0, 5)], Move(0, 5)), default);

        var result = await sink.CommitAsync(Commit("b2", [], Move(5, 2)), default);

        Assert.True(result.Committed);
        Assert.Equal(2, (await sink.ReadStateAsync(default)).Cursors[Key()]);
    }

    [Fact]
    public async Task Commit_of_a_zombie_behind_a_rewind_is_fenced()
    {
        await using var sink = await CreateSink(started: true);
        await using var zombie = await CreateSink();
        await sink.CommitAsync(Commit("b1", [IdRows(0, 5)], Move(0, 5)), default);
        await zombie.ReadStateAsync(default);
        await sink.CommitAsync(Commit("rewind", [], Move(5, 2)), default);

        var result = await zombie.CommitAsync(Commit("z1", [IdRows(5, 5)], Move(5, 10)), default);

        Assert.False(result.Committed);
        Assert.Equal(2, result.Found!.Cursors[Key()]);
        Assert.Equal(["00000000000000000000.json", "00000000000000000001.json", "00000000000000000002.json"], _folder.LogFiles);
        Assert.Single(_folder.DataFiles);
    }

    [Theory]
    [InlineData(1L, 0L)] // less than what the table holds
    [InlineData(9L, 0L)] // more
    [InlineData(null, 0L)] // none, though it holds one
    public async Task Commit_from_another_cursor_than_the_stored_one_is_fenced(long? from, long offset)
    {
        await using var sink = await CreateSink(started: true);
        await sink.CommitAsync(Commit("b1", [], Move(0, 5)), default);

        var result = await sink.CommitAsync(Commit("b2", [IdRows(offset, 1)], Move(from, 20)), default);

        Assert.False(result.Committed);
        Assert.Equal(5, result.Found!.Cursors[Key()]);
        Assert.Empty(_folder.DataFiles);
    }

    [Fact]
    public async Task Commit_from_a_cursor_that_the_table_lacks_is_fenced()
    {
        await using var sink = await CreateSink(started: true);

        var result = await sink.CommitAsync(Commit("b1", [], Move(0, 5, partition: 7)), default);

        Assert.False(result.Committed);
        Assert.Equal([Key()], result.Found!.Cursors.Keys);
    }

    [Fact]
    public async Task Commit_of_a_second_first_commit_is_fenced()
    {
        await using var sink = await CreateSink(started: true);
        await using var late = await CreateSink();

        var result = await late.CommitAsync(Start(Move(null, 0)) with { Batch = new SinkBatch { Id = "other", Rows = [] } }, default);

        Assert.False(result.Committed);
        Assert.Equal(First, result.Found!.Definition);
    }

    [Fact]
    public async Task Commit_of_two_creators_at_once_makes_one_table_with_both_owners()
    {
        await using var one = await CreateSink("orders");
        await using var two = Sink(_folder, Ids(), "payments", storage => storage.BeforeCreate = path =>
        {
            storage.BeforeCreate = null;
            Assert.True(one.CommitAsync(Start(Move(null, 0)), default).Result.Committed);
        });
        await two.OpenAsync(default);

        var result = await two.CommitAsync(Start(Move(null, 3)), default);

        Assert.Equal((true, 1), (result.Committed, result.SinkVersion));
        Assert.Equal(0, (await one.ReadStateAsync(default)).Cursors[Key()]);
        Assert.Equal(3, (await two.ReadStateAsync(default)).Cursors[Key()]);
        Assert.Equal(First, (await one.ReadStateAsync(default)).Definition);
        Assert.Equal(First, (await two.ReadStateAsync(default)).Definition);
    }

    [Fact]
    public async Task Commit_with_nothing_to_change_writes_nothing()
    {
        await using var sink = await CreateSink(started: true);

        var result = await sink.CommitAsync(Commit("b1", [], Move(0, 0)), default);

        Assert.Equal((true, 0), (result.Committed, result.SinkVersion));
        Assert.Equal(["00000000000000000000.json"], _folder.LogFiles);
    }

    [Fact]
    public async Task Commit_without_rows_writes_cursors_alone()
    {
        await using var sink = await CreateSink(started: true);

        await sink.CommitAsync(Commit("b1", [], Move(0, 8)), default);

        var lines = _folder.ReadLog(1).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("""{"commitInfo":""", lines[0], StringComparison.Ordinal);
        Assert.Equal("""{"txn":{"appId":"shop/orders/events@1-0","version":8,"lastUpdated":1741064767000}}""", lines[1]);
    }

    [Fact]
    public async Task Commit_of_writers_with_other_cursors_that_race_both_succeed()
    {
        await using var one = await CreateSink(started: true, moves: [Move(null, 0), Move(null, 0, partition: 1)]);
        var raced = 0;
        await using var two = await CreateSink(storage: storage => storage.BeforeCreate = _ =>
        {
            if (raced == 3) return;
            Assert.True(one.CommitAsync(Commit($"one-{raced}", [IdRows(raced, 1)], Move(raced, raced + 1)), default).Result.Committed);
            raced++;
        });

        var result = await two.CommitAsync(Commit("two", [IdRows(0, 2, partition: 1)], Move(0, 2, partition: 1)), default);

        Assert.Equal((true, 4), (result.Committed, result.SinkVersion));
        Assert.Equal([.. Ledger.Range(0, 0, 3), .. Ledger.Range(1, 0, 2)], Ledger.Offsets(_folder));
        Assert.Equal(4, _folder.DataFiles.Length);
    }

    [Fact]
    public async Task Commit_that_loses_the_race_to_its_own_cursor_is_fenced_and_leaves_no_file()
    {
        await using var one = await CreateSink(started: true);
        await using var two = await CreateSink(storage: storage => storage.BeforeCreate = _ =>
        {
            storage.BeforeCreate = null;
            Assert.True(one.CommitAsync(Commit("one", [IdRows(0, 4)], Move(0, 4)), default).Result.Committed);
        });

        var result = await two.CommitAsync(Commit("two", [IdRows(0, 3)], Move(0, 3)), default);

        Assert.False(result.Committed);
        Assert.Equal(4, result.Found!.Cursors[Key()]);
        Assert.Equal(Ledger.Range(0, 0, 4), Ledger.Offsets(_folder));
        Assert.Single(_folder.DataFiles);
    }

    [Fact]
    public async Task Commit_that_always_loses_the_race_is_transient_and_leaves_no_file()
    {
        await using var sink = await CreateSink(started: true, storage: storage => storage.BeforeCreate = CreateForeign);

        var exception = await Assert.ThrowsAsync<SinkException>(() => sink.CommitAsync(Commit("b1", [IdRows(0, 1)], Move(0, 1)), default));

        Assert.Equal(SinkErrorKind.Transient, exception.Kind);
        Assert.Contains("100 times another writer committed first", exception.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.DataFiles);
    }

    [Fact]
    public async Task Commit_behind_commits_of_others_goes_through()
    {
        await using var sink = await CreateSink(started: true);
        _folder.WriteLog(1, """{"commitInfo":{"operation":"OPTIMIZE"}}""", """{"txn":{"appId":"somebody else","version":3}}""");

        var result = await sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default);

        Assert.Equal((true, 2), (result.Committed, result.SinkVersion));
        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Commit_that_failed_before_the_log_may_be_repeated()
    {
        await using var sink = await CreateSink(started: true, storage: storage => storage.BeforeCreate = path => FailOnce(storage, path, 1));
        var commit = Commit("b1", [IdRows(0, 2)], Move(0, 2));

        var exception = await Assert.ThrowsAsync<SinkException>(() => sink.CommitAsync(commit, default));
        var result = await sink.CommitAsync(commit, default);

        Assert.Equal(SinkErrorKind.Transient, exception.Kind);
        Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
        Assert.Contains("[0, 2)", exception.Message, StringComparison.Ordinal);
        Assert.Equal((true, 1), (result.Committed, result.SinkVersion));
        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
        Assert.Single(_folder.DataFiles);
    }

    [Fact]
    public async Task Commit_that_failed_after_the_log_is_found_by_its_id()
    {
        await using var sink = await CreateSink(started: true, storage: storage => storage.AfterCreate = path => FailOnce(storage, path, 1));
        var commit = Commit("b1", [IdRows(0, 2)], Move(0, 2));

        await Assert.ThrowsAsync<SinkException>(() => sink.CommitAsync(commit, default));
        await using var another = await CreateSink();
        await another.CommitAsync(Commit("b2", [IdRows(2, 1)], Move(2, 3)), default);
        var result = await sink.CommitAsync(commit, default);

        Assert.Equal((true, 1, 1), (result.Committed, result.SinkVersion, result.FilesWritten));
        Assert.Equal(Ledger.Range(0, 0, 3), Ledger.Offsets(_folder));
        Assert.Equal(2, _folder.DataFiles.Length);
    }

    [Fact]
    public async Task Commit_that_failed_after_the_log_is_found_after_its_state_was_read()
    {
        await using var sink = await CreateSink(started: true, storage: storage => storage.AfterCreate = path => FailOnce(storage, path, 1));
        var commit = Commit("b1", [IdRows(0, 2)], Move(0, 2));

        await Assert.ThrowsAsync<SinkException>(() => sink.CommitAsync(commit, default));
        Assert.Equal(2, (await sink.ReadStateAsync(default)).Cursors[Key()]);
        var result = await sink.CommitAsync(commit, default);

        Assert.Equal((true, 1), (result.Committed, result.SinkVersion));
        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Commit_that_failed_before_the_log_is_fenced_when_another_took_its_cursor()
    {
        await using var sink = await CreateSink(started: true, storage: storage => storage.BeforeCreate = path => FailOnce(storage, path, 1));
        var commit = Commit("b1", [IdRows(0, 2)], Move(0, 2));

        await Assert.ThrowsAsync<SinkException>(() => sink.CommitAsync(commit, default));
        await using var another = await CreateSink();
        await another.CommitAsync(Commit("b2", [IdRows(0, 1)], Move(0, 1)), default);
        var result = await sink.CommitAsync(commit, default);

        Assert.False(result.Committed);
        Assert.Equal(Ledger.Range(0, 0, 1), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Commit_whose_data_file_fails_leaves_no_file_and_may_be_repeated()
    {
        await using var sink = await CreateSink(started: true, storage: storage => storage.BeforeWrite = _ =>
        {
            storage.BeforeWrite = null;
            throw new IOException("No space left on device");
        });
        var commit = Commit("b1", [IdRows(0, 2)], Move(0, 2));

        var exception = await Assert.ThrowsAsync<SinkException>(() => sink.CommitAsync(commit, default));
        Assert.Equal(SinkErrorKind.Transient, exception.Kind);
        Assert.Empty(_folder.DataFiles);
        var result = await sink.CommitAsync(commit, default);

        Assert.Equal((true, 1), (result.Committed, result.SinkVersion));
        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Commit_beside_a_torn_temporary_file_goes_through()
    {
        await using var sink = await CreateSink(started: true);
        File.WriteAllText(Path.Combine(_folder.Log, ".00000000000000000001.json.0123.tmp"), """{"commitInfo":{"oper""");

        var result = await sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default);

        Assert.Equal((true, 1), (result.Committed, result.SinkVersion));
        await using var another = await CreateSink();
        Assert.Equal(2, (await another.ReadStateAsync(default)).Cursors[Key()]);
    }

    [Fact]
    public async Task Commit_that_is_cancelled_writes_nothing()
    {
        await using var sink = await CreateSink(started: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), new CancellationToken(true)));

        Assert.Equal(["00000000000000000000.json"], _folder.LogFiles);
        Assert.Empty(_folder.DataFiles);
    }

    [Fact]
    public async Task Commit_under_a_frozen_definition_is_fenced_until_the_take_over()
    {
        await using var sink = await CreateSink(started: true);
        await using var old = await CreateSink();
        var frozen = First with { To = 2, ToFingerprint = "f2" };
        var second = new DefinitionStamp { Version = 2, Fingerprint = "f2" };

        var freeze = await sink.CommitAsync(Commit("freeze", []) with { Definition = frozen }, default);
        var refused = await old.CommitAsync(Commit("b1", [IdRows(0, 1)], Move(0, 1)), default);
        var takeOver = await sink.CommitAsync(Commit("take-over", [IdRows(0, 2)], Move(0, 2)) with { ExpectedDefinition = frozen, Definition = second }, default);

        Assert.True(freeze.Committed);
        Assert.Equal((false, frozen), (refused.Committed, refused.Found!.Definition));
        Assert.True(takeOver.Committed);
        Assert.Equal(second, (await old.ReadStateAsync(default)).Definition);
        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Commit_of_owners_that_share_a_table_keeps_each_ones_definition()
    {
        await using var one = await CreateSink("orders", started: true);
        await using var two = await CreateSink("payments", started: true);
        var second = new DefinitionStamp { Version = 2, Fingerprint = "f2" };
        await using var racing = await CreateSink("payments", storage: storage => storage.BeforeCreate = _ =>
        {
            storage.BeforeCreate = null;
            Assert.True(one.CommitAsync(Commit("one", [], Move(0, 1)) with { Definition = second }, default).Result.Committed);
        });

        var result = await racing.CommitAsync(Commit("two", [IdRows(0, 1)], Move(0, 6)) with { Definition = second }, default);

        Assert.True(result.Committed);
        Assert.Equal((second, 1L), ((await one.ReadStateAsync(default)).Definition, (await one.ReadStateAsync(default)).Cursors[Key()]));
        Assert.Equal((second, 6L), ((await two.ReadStateAsync(default)).Definition, (await two.ReadStateAsync(default)).Cursors[Key()]));
    }

    [Fact]
    public async Task Commit_writes_rows_from_the_first_row_on()
    {
        await using var sink = await CreateSink(started: true);

        await sink.CommitAsync(Commit("b1", [IdRows(0, 5) with { FirstRow = 3 }, IdRows(5, 2) with { FirstRow = 2 }], Move(0, 7)), default);

        Assert.Equal(Ledger.Range(0, 3, 2), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Commit_to_a_table_that_is_gone_is_transient_until_it_is_back()
    {
        await using var sink = await CreateSink(started: true);
        await sink.CommitAsync(Commit("b1", [IdRows(0, 1)], Move(0, 1)), default);
        Directory.Move(_folder.Log, _folder.Log + "-away");

        var exception = await Assert.ThrowsAsync<SinkException>(() => sink.CommitAsync(Commit("b2", [IdRows(1, 1)], Move(1, 2)), default));
        await Assert.ThrowsAsync<SinkException>(() => sink.ReadStateAsync(default));
        Directory.Move(_folder.Log + "-away", _folder.Log);
        var result = await sink.CommitAsync(Commit("b2", [IdRows(1, 1)], Move(1, 2)), default);

        Assert.Equal(SinkErrorKind.Transient, exception.Kind);
        Assert.Contains("is gone: its version 1 was read before", exception.Message, StringComparison.Ordinal);
        Assert.Equal((true, 2), (result.Committed, result.SinkVersion));
        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Commit_with_the_sources_that_are_stored_already_writes_nothing()
    {
        await using var sink = await CreateSink(started: true);

        var result = await sink.CommitAsync(Commit("b1", [], Move(0, 0)) with { Sources = [new SourceIdentity { Topic = "events", ClusterId = "c1" }] }, default);

        Assert.Equal((true, 0), (result.Committed, result.SinkVersion));
        Assert.Equal(["00000000000000000000.json"], _folder.LogFiles);
    }

    [Fact]
    public async Task Commit_by_many_writers_on_threads_of_their_own_has_every_row_once()
    {
        const int writers = 4, commits = 25;
        await using var starter = await CreateSink(started: true, moves: [.. Enumerable.Range(0, writers).Select(writer => Move(null, 0, writer))]);

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Factory.StartNew(() =>
        {
            var sink = Sink(_folder, Ids(), checkpointEvery: 10);
            for (var i = 0; i < commits; i++)
                Assert.True(sink.CommitAsync(Commit($"w{writer}-{i}", [IdRows(i, 1, writer)], Move(i, i + 1, writer)), default).Result.Committed);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.Equal(Enumerable.Range(0, writers).SelectMany(writer => Ledger.Range(writer, 0, commits)), Ledger.Offsets(_folder));
        Assert.Equal(writers * commits, DeltaTableReader.Open(_folder.Path).Version);
        Assert.All((await starter.ReadStateAsync(default)).Cursors.Values, next => Assert.Equal(commits, next));
    }

    [Fact]
    public async Task Commit_that_is_told_its_name_is_taken_by_itself_goes_through()
    {
        await using var sink = await CreateSink(started: true, storage: storage => storage.BeforeCreate = path =>
        {
            storage.BeforeCreate = null;
            storage.BeforeCreateContent = content => File.WriteAllBytes(Path.Combine(_folder.Path, path), content.ToArray());
        });

        var result = await sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default);

        Assert.Equal((true, 1, 1), (result.Committed, result.SinkVersion, result.FilesWritten));
        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
    }

    [Fact]
    public async Task Write_appends_without_cursors_and_finds_a_repeat_of_unknown_outcome()
    {
        await using var sink = await CreateSink(storage: storage => storage.AfterCreate = path => FailOnce(storage, path, 0));
        var batch = new SinkBatch { Id = "w1", Rows = [IdRows(0, 2)] };

        await Assert.ThrowsAsync<SinkException>(() => sink.WriteAsync(batch, default));
        await sink.WriteAsync(batch, default);

        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
        Assert.Empty((await sink.ReadStateAsync(default)).Cursors);
    }

    private async Task<DeltaSink> CreateSink(string owner = "orders", bool started = false, CursorMove[]? moves = null, Action<FaultyStorage>? storage = null)
    {
        if (started)
        {
            await using var starter = Sink(_folder, Ids(), owner);
            await starter.OpenAsync(default);
            Assert.True((await starter.CommitAsync(Start(moves ?? [Move(null, 0)]), default)).Committed);
        }

        var sink = Sink(_folder, Ids(), owner, storage);
        await sink.OpenAsync(default);
        return sink;
    }

    private static void FailOnce(FaultyStorage storage, string path, long version)
    {
        if (!path.EndsWith($"{version:D20}.json", StringComparison.Ordinal)) return;
        (storage.BeforeCreate, storage.AfterCreate) = (null, null);
        throw new IOException("No space left on device");
    }

    private void CreateForeign(string path) => File.WriteAllText(Path.Combine(_folder.Path, path), """{"commitInfo":{"operation":"OPTIMIZE"}}""");
}
