using Bayou.Definitions;
using Bayou.Sources;

namespace Bayou.Sinks.TestKit;

/// <summary>What a sink has to do that stores cursors and definition with its rows: exactly once, and only by the writer whose turn it is.</summary>
public abstract class TransactionalSinkContractTests : SinkContractTests
{
    private static readonly DefinitionStamp First = new() { Version = 1, Fingerprint = new string('1', 64) };

    private static readonly SourceIdentity[] Sources = [new SourceIdentity { Topic = KitRow.Topic, ClusterId = "cluster-1", TopicId = "topic-1" }];

    /// <summary>A sink with cursors has every row once.</summary>
    protected sealed override int CopiesAfterReplay => 1;

    /// <summary>A sink with cursors has every row once.</summary>
    protected sealed override int CopiesAfterLostAnswer => 1;

    [Fact]
    public async Task ReadState_of_a_table_that_was_never_committed_to_is_empty()
    {
        await using var sink = await OpenTransactionalAsync();

        var state = await sink.ReadStateAsync(default);

        Assert.Null(state.Definition);
        Assert.Empty(state.Cursors);
        Assert.Empty(state.Sources);
        Assert.Empty(state.OtherOwners);
    }

    [Fact]
    public async Task Commit_first_stores_definition_cursors_and_sources_for_whoever_opens_it_next()
    {
        await using (var sink = await OpenTransactionalAsync()) Assert.True((await sink.CommitAsync(Start(Move(null, 5), Move(null, 0, partition: 1)), default)).Committed);

        await using var next = await OpenTransactionalAsync();
        var state = await next.ReadStateAsync(default);

        Assert.Equal(First, state.Definition);
        Assert.Equal(new Dictionary<CursorKey, long> { [Key()] = 5, [Key(1)] = 0 }, state.Cursors);
        Assert.Equal(Sources, state.Sources);
        await AssertRowsAsync([]);
    }

    [Fact]
    public async Task Commit_a_second_first_time_is_fenced()
    {
        await using var sink = await StartedAsync();
        await using var late = await OpenTransactionalAsync();

        await AssertFencedAsync(late, Start(Move(null, 3)) with { Batch = new SinkBatch { Id = "late", Rows = [] } }, 0);
    }

    [Fact]
    public async Task Commit_without_rows_moves_cursors_alone()
    {
        await using var sink = await StartedAsync();

        Assert.True((await sink.CommitAsync(Commit("b1", [], Move(0, 8)), default)).Committed);

        Assert.Equal(8, await CursorAsync(sink));
        await AssertRowsAsync([]);
    }

    [Fact]
    public async Task Commit_moves_the_cursors_that_it_names_and_no_others()
    {
        await using var sink = await StartedAsync(Move(null, 0), Move(null, 40, partition: 1), Move(null, 7, generation: 2));

        Assert.True((await sink.CommitAsync(Commit("b1", KitTables.Rows(0, 0, 3), Move(0, 4)), default)).Committed);

        Assert.Equal(new Dictionary<CursorKey, long> { [Key()] = 4, [Key(1)] = 40, [Key(0, 2)] = 7 }, (await sink.ReadStateAsync(default)).Cursors);
        await AssertRowsAsync(KitTables.Rows(0, 0, 3));
    }

    [Theory]
    [InlineData(0L)] // a replay of what is there, or an overlap
    [InlineData(4L)] // one short
    [InlineData(9L)] // a gap
    [InlineData(null)] // as if there were none
    public async Task Commit_from_another_cursor_than_the_stored_one_is_fenced_and_stores_nothing(long? from)
    {
        await using var sink = await StartedAsync();
        await sink.CommitAsync(Commit("b1", KitTables.Rows(0, 0, 5), Move(0, 5)), default);

        await AssertFencedAsync(sink, Commit("b2", KitTables.Rows(0, from ?? 0, 10), Move(from, 20)), 5);

        await AssertRowsAsync(KitTables.Rows(0, 0, 5));
    }

    [Fact]
    public async Task Commit_is_fenced_as_a_whole_when_one_of_its_cursors_is_another()
    {
        await using var sink = await StartedAsync(Move(null, 0), Move(null, 0, partition: 1));
        await sink.CommitAsync(Commit("b1", [], Move(0, 2, partition: 1)), default);

        await AssertFencedAsync(sink, Commit("b2", [.. KitTables.Rows(0, 0, 5), .. KitTables.Rows(1, 0, 5)], Move(0, 5), Move(0, 5, partition: 1)), 0);

        await AssertRowsAsync([]);
    }

    [Fact]
    public async Task Commit_of_the_older_of_two_writers_is_fenced_and_the_newer_goes_on()
    {
        await using var older = await StartedAsync();
        await older.CommitAsync(Commit("old-1", KitTables.Rows(0, 0, 5), Move(0, 5)), default);
        await using var newer = await OpenTransactionalAsync();
        Assert.True((await newer.CommitAsync(Commit("new-1", KitTables.Rows(0, 5, 2), Move(5, 7)), default)).Committed);

        await AssertFencedAsync(older, Commit("old-2", KitTables.Rows(0, 5, 5), Move(5, 10)), 7);

        Assert.True((await newer.CommitAsync(Commit("new-2", KitTables.Rows(0, 7, 1), Move(7, 8)), default)).Committed);
        await AssertRowsAsync(KitTables.Rows(0, 0, 8));
    }

    [Fact]
    public async Task Commit_of_a_writer_that_is_ahead_of_a_cursor_moved_back_is_fenced()
    {
        await using var sink = await StartedAsync();
        await using var zombie = await OpenTransactionalAsync();
        await sink.CommitAsync(Commit("b1", KitTables.Rows(0, 0, 5), Move(0, 5)), default);
        Assert.True((await sink.CommitAsync(Commit("back", [], Move(5, 2)), default)).Committed);

        await AssertFencedAsync(zombie, Commit("z1", KitTables.Rows(0, 5, 5), Move(5, 10)), 2);

        await AssertRowsAsync(KitTables.Rows(0, 0, 5));
    }

    [Fact]
    public async Task Commit_by_writers_on_threads_of_their_own_has_every_row_once()
    {
        const int Writers = 4, Rows = 24, MostAttempts = 10_000;
        await (await StartedAsync()).DisposeAsync();
        var won = 0;

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            await using var sink = await OpenTransactionalAsync();
            var attempts = 0;
            for (var at = await CursorAsync(sink); at < Rows && attempts < MostAttempts; at = await CursorAsync(sink), attempts++)
                if ((await sink.CommitAsync(Commit($"w{writer}-{at}", KitTables.Rows(0, at, 1), Move(at, OffsetRange.NextAfter(at))), default)).Committed) Interlocked.Increment(ref won);
        })));

        Assert.Equal(Rows, won);
        await AssertRowsAsync(KitTables.Rows(0, 0, Rows));
    }

    [Fact]
    public async Task Commit_of_writers_with_cursors_of_their_own_does_not_fence_the_other()
    {
        await using var one = await StartedAsync(Move(null, 0), Move(null, 0, partition: 1));
        await using var two = await OpenTransactionalAsync();

        for (var i = 0; i < 3; i++)
        {
            Assert.True((await one.CommitAsync(Commit($"one-{i}", KitTables.Rows(0, i, 1), Move(i, i + 1)), default)).Committed);
            Assert.True((await two.CommitAsync(Commit($"two-{i}", KitTables.Rows(1, i, 1), Move(i, i + 1, partition: 1)), default)).Committed);
        }

        await AssertRowsAsync([.. KitTables.Rows(0, 0, 3), .. KitTables.Rows(1, 0, 3)]);
    }

    [Fact]
    public async Task Commit_of_another_owner_in_the_same_destination_has_its_own_cursors()
    {
        await using var orders = await StartedAsync();
        await using var payments = (ITransactionalSink)Factory.Create(Context(Small, "payments"));
        await payments.OpenAsync(default);

        Assert.Null((await payments.ReadStateAsync(default)).Definition);
        Assert.True((await payments.CommitAsync(Start(Move(null, 30)) with { Batch = new SinkBatch { Id = "start-2", Rows = [] } }, default)).Committed);
        Assert.True((await payments.CommitAsync(Commit("p1", KitTables.Rows(1, 30, 1), Move(30, 31)), default)).Committed);
        Assert.True((await orders.CommitAsync(Commit("o1", KitTables.Rows(0, 0, 1), Move(0, 1)), default)).Committed);

        Assert.Equal((1, 31), (await CursorAsync(orders), await CursorAsync(payments)));
        Assert.Equal([$"{KitTables.Pipeline}/payments"], (await orders.ReadStateAsync(default)).OtherOwners);
        await AssertRowsAsync([KitTables.Row(0, 0), KitTables.Row(1, 30)]);
    }

    [Fact]
    public async Task Commit_under_the_definition_before_is_fenced_from_the_freeze_on()
    {
        await using var sink = await StartedAsync();
        await using var late = await OpenTransactionalAsync();
        var frozen = First with { To = 2, ToFingerprint = new string('2', 64) };
        var second = new DefinitionStamp { Version = 2, Fingerprint = new string('2', 64) };

        Assert.True((await sink.CommitAsync(Commit("freeze", []) with { Definition = frozen }, default)).Committed);
        await AssertFencedAsync(late, Commit("late-1", KitTables.Rows(0, 0, 1), Move(0, 1)), 0);
        Assert.True((await sink.CommitAsync(Commit("rest", KitTables.Rows(0, 0, 2), Move(0, 2)) with { ExpectedDefinition = frozen, Definition = frozen }, default)).Committed);
        Assert.True((await sink.CommitAsync(Commit("under", []) with { ExpectedDefinition = frozen, Definition = second }, default)).Committed);
        await AssertFencedAsync(late, Commit("late-2", KitTables.Rows(0, 2, 1), Move(2, 3)), 2);

        Assert.Equal(second, (await sink.ReadStateAsync(default)).Definition);
        await AssertRowsAsync(KitTables.Rows(0, 0, 2));
    }

    [Theory]
    [InlineData(SinkFault.BeforeData)]
    [InlineData(SinkFault.PartWay)]
    public async Task Commit_that_failed_before_it_landed_has_changed_nothing(SinkFault fault)
    {
        await (await StartedAsync()).DisposeAsync();
        await using var failing = (ITransactionalSink)CreateFailing(Context(Small), fault);
        await failing.OpenAsync(default);

        await Assert.ThrowsAnyAsync<Exception>(() => failing.CommitAsync(Commit("b1", KitTables.Rows(0, 0, 3), Move(0, 3)), default));

        await using var next = await OpenTransactionalAsync();
        Assert.Equal(0, await CursorAsync(next));
        await AssertRowsAsync([]);
        Assert.True((await next.CommitAsync(Commit("b2", KitTables.Rows(0, 0, 4), Move(0, 4)), default)).Committed);
        await AssertFencedAsync(failing, Commit("b1", KitTables.Rows(0, 0, 3), Move(0, 3)), 4);
        await AssertRowsAsync(KitTables.Rows(0, 0, 4));
    }

    [Fact]
    public async Task Commit_whose_answer_was_lost_is_found_by_its_id()
    {
        await (await StartedAsync()).DisposeAsync();
        await using var failing = (ITransactionalSink)CreateFailing(Context(Small), SinkFault.AfterData);
        await failing.OpenAsync(default);
        var commit = Commit("b1", KitTables.Rows(0, 0, 3), Move(0, 3));

        await Assert.ThrowsAnyAsync<Exception>(() => failing.CommitAsync(commit, default));
        await using var next = await OpenTransactionalAsync();

        Assert.Equal(3, await CursorAsync(next));
        Assert.True((await failing.CommitAsync(commit, default)).Committed);
        Assert.True((await failing.CommitAsync(Commit("b2", KitTables.Rows(0, 3, 1), Move(3, 4)), default)).Committed);
        await AssertRowsAsync(KitTables.Rows(0, 0, 4));
    }

    [Fact]
    public async Task Commit_that_was_cancelled_before_it_began_changes_nothing()
    {
        await using var sink = await StartedAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sink.CommitAsync(Commit("b1", KitTables.Rows(0, 0, 3), Move(0, 3)), cancelled.Token));

        Assert.Equal(0, await CursorAsync(sink));
        await AssertRowsAsync([]);
        Assert.True((await sink.CommitAsync(Commit("b1", KitTables.Rows(0, 0, 3), Move(0, 3)), default)).Committed);
        await AssertRowsAsync(KitTables.Rows(0, 0, 3));
    }

    /// <summary>Commits the batch from where its rows begin to where they end, as a host that believes the sink to stand there; what is fenced was there already.</summary>
    private protected sealed override async Task StoreAsync(ISink sink, SinkBatch batch, CancellationToken cancellationToken = default)
    {
        var transactional = (ITransactionalSink)sink;
        var moves = KitBatches.Moves(batch);
        var state = await transactional.ReadStateAsync(default);
        var missing = moves.Where(move => !state.Cursors.ContainsKey(move.Key)).Select(move => move with { From = null, Next = move.From!.Value }).ToList();
        if (state.Definition is null || missing.Count > 0)
            Assert.True((await transactional.CommitAsync(Start([.. missing]) with { Batch = new SinkBatch { Id = batch.Id + "-start", Rows = [] }, ExpectedDefinition = state.Definition }, default)).Committed);
        await transactional.CommitAsync(new SinkCommit { Batch = batch, ExpectedDefinition = First, Definition = First, Cursors = moves }, cancellationToken);
    }

    private protected sealed override void AssertLeftOvers(IReadOnlyList<string> left, IReadOnlyList<string> written) => Assert.Empty(left);

    private async Task<ITransactionalSink> OpenTransactionalAsync(TableDefinition? table = null) => Assert.IsAssignableFrom<ITransactionalSink>(await OpenAsync(table));

    /// <summary>A sink that was committed to once: start cursors, and no rows.</summary>
    private async Task<ITransactionalSink> StartedAsync(params CursorMove[] starts)
    {
        var sink = await OpenTransactionalAsync();
        Assert.True((await sink.CommitAsync(Start(starts.Length == 0 ? [Move(null, 0)] : starts), default)).Committed);
        return sink;
    }

    /// <summary>The commit is refused, with what the sink holds, and changes nothing.</summary>
    private static async Task AssertFencedAsync(ITransactionalSink sink, SinkCommit commit, long cursor)
    {
        var before = await sink.ReadStateAsync(default);

        var result = await sink.CommitAsync(commit, default);

        Assert.False(result.Committed);
        Assert.Equal(cursor, result.Found!.Cursors[Key()]);
        var after = await sink.ReadStateAsync(default);
        Assert.Equal(before.Cursors, after.Cursors);
        Assert.Equal((before.Definition, result.Found.Definition), (after.Definition, before.Definition));
    }

    private static async Task<long> CursorAsync(ITransactionalSink sink) => (await sink.ReadStateAsync(default)).Cursors[Key()];

    private SinkCommit Commit(string id, IEnumerable<KitRow> rows, params CursorMove[] moves) =>
        new() { Batch = Batch(id, rows), ExpectedDefinition = First, Definition = First, Cursors = moves };

    private static SinkCommit Start(params CursorMove[] moves) =>
        new() { Batch = new SinkBatch { Id = "start", Rows = [] }, ExpectedDefinition = null, Definition = First, Cursors = moves, Sources = Sources };

    private static CursorKey Key(int partition = 0, int generation = 1) => new(new TopicPartition(KitRow.Topic, partition), generation);

    private static CursorMove Move(long? from, long next, int partition = 0, int generation = 1) => new(Key(partition, generation), from, next);
}
