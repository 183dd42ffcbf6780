using Bayou.Sinks.Tests.Delta;
using Bayou.Sources;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Postgres;

/// <summary>The compare-and-set of a commit, in a real server.</summary>
[Collection(PostgresCollection.Name)]
public sealed class CommitFenceTests(PostgresServer server) : IAsyncLifetime
{
    private readonly PostgresSchema _schema = new(server);

    public Task InitializeAsync() => PostgresPrograms.Folder is null ? Task.CompletedTask : _schema.CreateAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [FactWithPostgres]
    public async Task ReadState_of_a_table_without_commits_is_empty()
    {
        await using var sink = await _schema.OpenAsync();

        var state = await sink.ReadStateAsync(default);

        Assert.Null(state.Definition);
        Assert.Empty(state.Cursors);
        Assert.Empty(state.Sources);
        Assert.Empty(state.OtherOwners);
    }

    [FactWithPostgres]
    public async Task Commit_first_keeps_cursors_definition_and_sources()
    {
        await using var sink = await _schema.OpenAsync();

        var result = await sink.CommitAsync(Start(Move(null, 5), Move(null, 0, partition: 1)), default);

        Assert.Equal((true, 1), (result.Committed, result.SinkVersion));
        await using var another = await _schema.OpenAsync();
        var state = await another.ReadStateAsync(default);
        Assert.Equal(First, state.Definition);
        Assert.Equal(new Dictionary<CursorKey, long> { [Key()] = 5, [Key(1)] = 0 }, state.Cursors);
        Assert.Equal([new SourceIdentity { Topic = "events", ClusterId = "c1" }], state.Sources);
    }

    [FactWithPostgres]
    public async Task Commit_writes_rows_from_the_first_row_on_with_their_cursors()
    {
        await using var sink = await _schema.OpenAsync(started: true);

        var result = await sink.CommitAsync(Commit("b1", [IdRows(0, 5) with { FirstRow = 3 }, IdRows(5, 2) with { FirstRow = 2 }], Move(0, 7)), default);

        Assert.Equal((true, 2), (result.Committed, result.SinkVersion));
        Assert.Equal(["events|0|3|2023-11-14 22:13:23.000003+00|3", "events|0|4|2023-11-14 22:13:24.000004+00|4"],
            await _schema.RowsAsync("SET TIME ZONE 'UTC'; SELECT _topic, _partition, _offset, _timestamp, id FROM orders ORDER BY _offset"));
        Assert.Equal(7, (await sink.ReadStateAsync(default)).Cursors[Key()]);
    }

    [FactWithPostgres]
    public async Task Commit_from_another_cursor_or_definition_is_refused_and_writes_nothing()
    {
        await using var sink = await _schema.OpenAsync(started: true);
        await sink.CommitAsync(Commit("b1", [IdRows(0, 3)], Move(0, 3)), default);

        var behind = await sink.CommitAsync(Commit("b2", [IdRows(0, 5)], Move(0, 5)), default);
        var ahead = await sink.CommitAsync(Commit("b3", [IdRows(4, 1)], Move(4, 5)), default);
        var absent = await sink.CommitAsync(Commit("b4", [IdRows(0, 1)], Move(null, 1)), default);
        var unknown = await sink.CommitAsync(Commit("b5", [IdRows(0, 1, partition: 1)], Move(0, 1, partition: 1)), default);
        var other = await sink.CommitAsync(Commit("b6", [IdRows(3, 1)], Move(3, 4)) with { ExpectedDefinition = First with { Version = 2 } }, default);
        var isNew = await sink.CommitAsync(Start(Move(null, 0)) with { Batch = new SinkBatch { Id = "b7", Rows = [] } }, default);

        Assert.All([behind, ahead, absent, unknown, other, isNew], result => Assert.False(result.Committed));
        Assert.Equal(3, behind.Found!.Cursors[Key()]);
        Assert.Equal(Ledger.Range(0, 0, 3), await _schema.OffsetsAsync());
        Assert.Equal(new Dictionary<CursorKey, long> { [Key()] = 3 }, (await sink.ReadStateAsync(default)).Cursors);
    }

    [FactWithPostgres]
    public async Task Commit_that_moves_a_cursor_back_goes_through_when_it_is_expected()
    {
        await using var sink = await _schema.OpenAsync(started: true);
        await sink.CommitAsync(Commit("b1", [IdRows(0, 5)], Move(0, 5)), default);

        Assert.True((await sink.CommitAsync(Commit("b2", [], Move(5, 2)), default)).Committed);

        Assert.Equal(2, (await sink.ReadStateAsync(default)).Cursors[Key()]);
    }

    [FactWithPostgres]
    public async Task Commit_under_a_frozen_definition_is_fenced_until_the_take_over()
    {
        await using var sink = await _schema.OpenAsync(started: true);
        await using var old = await _schema.OpenAsync();
        var frozen = First with { To = 2, ToFingerprint = "f2" };
        var second = new DefinitionStamp { Version = 2, Fingerprint = "f2" };

        var freeze = await sink.CommitAsync(Commit("freeze", []) with { Definition = frozen }, default);
        var refused = await old.CommitAsync(Commit("b1", [IdRows(0, 1)], Move(0, 1)), default);
        var takeOver = await sink.CommitAsync(Commit("take-over", [IdRows(0, 2)], Move(0, 2)) with { ExpectedDefinition = frozen, Definition = second }, default);

        Assert.True(freeze.Committed);
        Assert.Equal((false, frozen), (refused.Committed, refused.Found!.Definition));
        Assert.True(takeOver.Committed);
        Assert.Equal(second, (await old.ReadStateAsync(default)).Definition);
        Assert.Equal(Ledger.Range(0, 0, 2), await _schema.OffsetsAsync());
    }

    [FactWithPostgres]
    public async Task Commit_of_owners_that_share_a_table_keeps_each_ones_state()
    {
        await using var one = await _schema.OpenAsync(started: true);
        await using var two = await _schema.OpenAsync(owner: "payments", started: true);

        Assert.True((await one.CommitAsync(Commit("same-id", [IdRows(0, 1)], Move(0, 1)), default)).Committed);
        Assert.True((await two.CommitAsync(Commit("same-id", [IdRows(5, 1)], Move(0, 6)), default)).Committed);

        var (first, second) = (await one.ReadStateAsync(default), await two.ReadStateAsync(default));
        Assert.Equal((1L, 6L), (first.Cursors[Key()], second.Cursors[Key()]));
        Assert.Equal(["shop/payments"], first.OtherOwners);
        Assert.Equal(["shop/orders"], second.OtherOwners);
        Assert.Equal(["0:0", "0:5"], await _schema.OffsetsAsync());
    }

    [FactWithPostgres]
    public async Task Commit_of_two_writers_at_once_goes_through_for_one()
    {
        await using var one = await _schema.OpenAsync(started: true);
        await using var two = await _schema.OpenAsync();

        for (var round = 0; round < 20; round++)
        {
            var from = round * 2L;
            var results = await Task.WhenAll(
                Task.Run(() => one.CommitAsync(Commit($"one-{round}", [IdRows(from, 2)], Move(from, from + 2)), default)),
                Task.Run(() => two.CommitAsync(Commit($"two-{round}", [IdRows(from, 2)], Move(from, from + 2)), default)));
            Assert.Single(results, result => result.Committed);
        }

        Assert.Equal(Ledger.Range(0, 0, 40), await _schema.OffsetsAsync());
    }

    [FactWithPostgres]
    public async Task Commit_first_of_two_writers_at_once_goes_through_for_one()
    {
        await using var one = await _schema.OpenAsync();
        await using var two = await _schema.OpenAsync();

        var results = await Task.WhenAll(
            Task.Run(() => one.CommitAsync(Start(Move(null, 1)) with { Batch = new SinkBatch { Id = "one", Rows = [] } }, default)),
            Task.Run(() => two.CommitAsync(Start(Move(null, 2)) with { Batch = new SinkBatch { Id = "two", Rows = [] } }, default)));

        Assert.Single(results, result => result.Committed);
        Assert.Equal(results[0].Committed ? 1 : 2, (await one.ReadStateAsync(default)).Cursors[Key()]);
    }

    [FactWithPostgres]
    public async Task Open_of_several_at_once_makes_the_table_once()
    {
        var sinks = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => _schema.OpenAsync(owner: $"o{i}"))));

        Assert.Equal(6, sinks.Length);
        Assert.Equal(["_topic|text", "_partition|integer", "_offset|bigint", "_timestamp|timestamp with time zone", "id|bigint"],
            await _schema.RowsAsync("SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'orders'::regclass AND attnum > 0 ORDER BY attnum"));
    }

    [FactWithPostgres]
    public async Task Commit_that_is_cancelled_writes_nothing()
    {
        await using var sink = await _schema.OpenAsync(started: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), new CancellationToken(true)));

        Assert.Empty(await _schema.OffsetsAsync());
        Assert.Equal(0, (await sink.ReadStateAsync(default)).Cursors[Key()]);
    }

    [FactWithPostgres]
    public async Task Commit_of_the_second_generation_adds_its_column()
    {
        await using var sink = await _schema.OpenAsync(started: true);
        await sink.CommitAsync(Commit("b1", [IdRows(0, 1)], Move(0, 1)), default);

        var result = await sink.CommitAsync(Commit("b2", [IdRows(0, 1, generation: 2)], Move(null, 1, generation: 2)), default);

        Assert.True(result.Committed);
        Assert.Equal(["0|", "0|2"], await _schema.RowsAsync("SELECT _offset, _generation FROM orders ORDER BY _generation NULLS FIRST"));
        await using var another = await _schema.OpenAsync();
        Assert.True((await another.CommitAsync(Commit("b3", [IdRows(1, 1)], Move(1, 2)), default)).Committed);
        Assert.Equal(["0|", "0|2", "1|1"], await _schema.RowsAsync("SELECT _offset, _generation FROM orders ORDER BY _offset, _generation NULLS FIRST"));
    }

    [FactWithPostgres]
    public async Task Write_appends_without_cursors_and_finds_a_repeat()
    {
        await using var sink = await _schema.OpenAsync();
        var batch = new SinkBatch { Id = "w1", Rows = [IdRows(0, 2)] };

        await sink.WriteAsync(batch, default);
        await sink.WriteAsync(batch, default);

        Assert.Equal(Ledger.Range(0, 0, 2), await _schema.OffsetsAsync());
        Assert.Null((await sink.ReadStateAsync(default)).Definition);
    }
}
