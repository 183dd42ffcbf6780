using Bayou.Sinks.Postgres;
using Bayou.Sinks.Tests.Delta;
using Npgsql;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Postgres;

/// <summary>What becomes of a commit when the server, the connection or another session gets in its way. Each time the batch is given again, and every row is there once.</summary>
[Collection(PostgresCollection.Name)]
public sealed class FailureTests(PostgresServer server) : IAsyncLifetime
{
    private readonly PostgresSchema _schema = new(server);

    public Task InitializeAsync() => PostgresPrograms.Folder is null ? Task.CompletedTask : _schema.CreateAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [FactWithPostgres]
    public async Task Commit_whose_backend_is_ended_in_the_middle_of_the_rows_may_be_repeated()
    {
        var executor = new InterruptingExecutor();
        await using var sink = await _schema.OpenAsync(started: true, executor: executor);
        executor.Before = () => EndBackends("COPY");
        var commit = Commit("b1", [IdRows(0, 10_000)], Move(0, 10_000));

        await AssertTransientAsync(() => sink.CommitAsync(commit, default));
        await AssertLandsOnceAsync(sink, commit, 10_000);
    }

    [FactWithPostgres]
    public async Task Commit_whose_backend_is_killed_in_the_middle_of_the_rows_may_be_repeated()
    {
        var executor = new InterruptingExecutor();
        await using var sink = await _schema.OpenAsync(started: true, executor: executor);
        executor.Before = () =>
        {
            // The whole server restarts when a backend is killed.
            var backend = (int)server.RunAsync("SELECT pid FROM pg_stat_activity WHERE query LIKE 'COPY%' AND state = 'active'").Result!;
            System.Diagnostics.Process.GetProcessById(backend).Kill();
        };
        var commit = Commit("b1", [IdRows(0, 10_000)], Move(0, 10_000));

        await AssertTransientAsync(() => sink.CommitAsync(commit, default));
        await AssertLandsOnceAsync(sink, commit, 10_000);
    }

    [FactWithPostgres]
    public async Task Commit_beside_a_restart_of_the_server_may_be_repeated()
    {
        var executor = new InterruptingExecutor();
        await using var sink = await _schema.OpenAsync(started: true, executor: executor);
        executor.Before = server.Restart;
        var commit = Commit("b1", [IdRows(0, 10_000)], Move(0, 10_000));

        await AssertTransientAsync(() => sink.CommitAsync(commit, default));
        await AssertLandsOnceAsync(sink, commit, 10_000);
    }

    [FactWithPostgres]
    public async Task Commit_whose_backend_ends_at_COMMIT_was_not_made_and_may_be_repeated()
    {
        await using var sink = await _schema.OpenAsync(started: true);
        await _schema.RunAsync("CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'; "
            + "CREATE CONSTRAINT TRIGGER die AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()");
        var commit = Commit("b1", [IdRows(0, 5)], Move(0, 5));

        await AssertTransientAsync(() => sink.CommitAsync(commit, default));
        await _schema.RunAsync("DROP TRIGGER die ON orders");
        await AssertLandsOnceAsync(sink, commit, 5);
    }

    [FactWithPostgres]
    public async Task Commit_that_landed_without_an_answer_is_found_by_its_id()
    {
        using var proxy = new CommitDroppingProxy(server.Port);
        var connection = new NpgsqlConnectionStringBuilder(_schema.Connection) { Port = proxy.Port, SslMode = SslMode.Disable }.ConnectionString;
        await using var sink = await _schema.OpenAsync(started: true, connection: connection);
        var commit = Commit("b1", [IdRows(0, 5)], Move(0, 5));
        proxy.DropNextCommit();

        await AssertTransientAsync(() => sink.CommitAsync(commit, default));
        Assert.Equal(Ledger.Range(0, 0, 5), await _schema.OffsetsAsync());
        await AssertLandsOnceAsync(sink, commit, 5);
        await using var another = await _schema.OpenAsync();
        Assert.True((await another.CommitAsync(Commit("b2", [IdRows(5, 1)], Move(5, 6)), default)).Committed);

        // Also behind the commits of others, and by a sink that knows nothing of the attempt.
        Assert.True((await sink.CommitAsync(commit, default)).Committed);
        Assert.True((await another.CommitAsync(commit, default)).Committed);
        Assert.Equal(Ledger.Range(0, 0, 6), await _schema.OffsetsAsync());
        Assert.Equal(6, (await sink.ReadStateAsync(default)).Cursors[Key()]);
    }

    [FactWithPostgres]
    public async Task Commit_that_lands_while_it_is_tried_again_is_found_and_not_doubled()
    {
        // The first attempt hangs at its COMMIT, which waits for a lock, and its connection is cut: for the client its outcome is unknown, for the server it is still on its way.
        await _schema.RunAsync("CREATE TABLE gate (id int)");
        await using var sink = await _schema.OpenAsync(started: true, connection: new NpgsqlConnectionStringBuilder(_schema.Connection) { CommandTimeout = 1, CancellationTimeout = -1 }.ConnectionString);
        await _schema.RunAsync($"CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN LOCK TABLE {_schema.Quoted}.gate; RETURN NULL; END'; "
            + "CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait()");
        await using var holder = new NpgsqlConnection(_schema.Connection);
        await holder.OpenAsync();
        var held = await holder.BeginTransactionAsync();
        await new NpgsqlCommand("LOCK TABLE gate", holder).ExecuteNonQueryAsync();
        var commit = Commit("b1", [IdRows(0, 5)], Move(0, 5));

        await AssertTransientAsync(() => sink.CommitAsync(commit, default));
        await using var patient = await _schema.OpenAsync();
        var again = patient.CommitAsync(commit, default);
        await held.RollbackAsync();

        Assert.True((await again).Committed);
        Assert.Equal(Ledger.Range(0, 0, 5), await _schema.OffsetsAsync());
        Assert.Equal(2, (await patient.CommitAsync(Commit("b2", [], Move(5, 5)), default)).SinkVersion);
    }

    [TheoryWithPostgres]
    [InlineData("53100", "disk full")]
    [InlineData("40001", "serialization failure")]
    [InlineData("40P01", "deadlock")]
    [InlineData("53200", "out of memory")]
    [InlineData("23503", "a foreign key whose row may come yet")]
    [InlineData("P0001", "raised by a trigger")]
    [InlineData("XX000", "unknown")]
    public async Task Commit_that_the_server_refuses_for_now_is_transient(string state, string what)
    {
        await using var sink = await _schema.OpenAsync(started: true);
        await _schema.RunAsync($"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{what}' USING ERRCODE = '{state}'; END $$; "
            + "CREATE TRIGGER refuse BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION refuse()");
        var commit = Commit("b1", [IdRows(0, 5)], Move(0, 5));

        var exception = await AssertTransientAsync(() => sink.CommitAsync(commit, default));
        await _schema.RunAsync("DROP TRIGGER refuse ON orders");

        Assert.Contains($"committing batch b1 (events@1-0 [0, 5)): {what} (SQLSTATE {state})", exception.Message);
        await AssertLandsOnceAsync(sink, commit, 5);
    }

    [FactWithPostgres]
    public async Task Commit_to_a_partition_that_is_not_there_is_transient_until_it_is()
    {
        await _schema.RunAsync("CREATE TABLE orders (id bigint) PARTITION BY RANGE (id)");
        await using var sink = await _schema.OpenAsync(started: true);
        var commit = Commit("b1", [IdRows(0, 5)], Move(0, 5));

        var exception = await AssertTransientAsync(() => sink.CommitAsync(commit, default));
        await _schema.RunAsync("CREATE TABLE low PARTITION OF orders FOR VALUES FROM (0) TO (9)");

        Assert.Contains("no partition of relation", exception.Message);
        await AssertLandsOnceAsync(sink, commit, 5);
    }

    [TheoryWithPostgres]
    [InlineData("-c default_transaction_read_only=on", "read-only transaction")]
    [InlineData("-c statement_timeout=1", "statement timeout")]
    public async Task Commit_by_a_session_that_the_server_holds_back_is_transient(string options, string expected)
    {
        await using (await _schema.OpenAsync(started: true)) { }
        await using var sink = await _schema.OpenAsync();
        var connection = new NpgsqlConnectionStringBuilder(_schema.Connection) { Options = options }.ConnectionString;
        var held = _schema.Sink(Ids(), connection: connection);
        var commit = Commit("b1", [IdRows(0, 200_000)], Move(0, 200_000));

        var exception = await AssertTransientAsync(async () =>
        {
            await held.OpenAsync(default);
            await held.CommitAsync(commit, default);
        });

        Assert.Contains(expected, exception.Message);
        await AssertLandsOnceAsync(sink, commit, 200_000);
    }

    [FactWithPostgres]
    public async Task Commit_beside_a_lock_on_the_table_is_transient_after_the_lock_timeout()
    {
        await using var sink = await _schema.OpenAsync(started: true, lockTimeout: TimeSpan.FromMilliseconds(100));
        var commit = Commit("b1", [IdRows(0, 5)], Move(0, 5));
        await using (var holder = new NpgsqlConnection(_schema.Connection))
        {
            await holder.OpenAsync();
            await using var held = await holder.BeginTransactionAsync();
            await new NpgsqlCommand("LOCK TABLE orders", holder).ExecuteNonQueryAsync();

            var exception = await AssertTransientAsync(() => sink.CommitAsync(commit, default));

            Assert.Contains("lock timeout", exception.Message);
        }

        await AssertLandsOnceAsync(sink, commit, 5);
    }

    [FactWithPostgres]
    public async Task Commit_beside_a_writer_that_stands_still_in_its_rows_goes_through()
    {
        var executor = new InterruptingExecutor();
        await using var frozen = await _schema.OpenAsync(started: true, executor: executor);
        await using var successor = await _schema.OpenAsync();
        var result = default(CommitResult);
        executor.Before = () => result = Task.Run(() => successor.CommitAsync(Commit("b2", [IdRows(0, 3)], Move(0, 3)), default)).Result;

        var late = await frozen.CommitAsync(Commit("b1", [IdRows(0, 3_000)], Move(0, 3_000)), default);

        Assert.True(result!.Committed);
        Assert.Equal((false, 3L), (late.Committed, late.Found!.Cursors[Key()]));
        Assert.Equal(Ledger.Range(0, 0, 3), await _schema.OffsetsAsync());
    }

    [FactWithPostgres]
    public async Task Sessions_of_a_commit_are_bounded_in_what_they_wait_for_and_how_long_they_stand_still()
    {
        await using var sink = await _schema.OpenAsync(started: true);
        await _schema.RunAsync("CREATE TABLE seen (what text); CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (current_setting('lock_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout')); RETURN NEW; END $$; "
            + "CREATE TRIGGER note BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION note()");

        await sink.CommitAsync(Commit("b1", [IdRows(0, 1)], Move(0, 1)), default);

        Assert.Equal(["10s 30s"], await _schema.RowsAsync("SELECT what FROM seen"));
    }

    private void EndBackends(string query) => server.RunAsync($"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE query LIKE '{query}%' AND pid <> pg_backend_pid()").Wait();

    private static async Task<SinkException> AssertTransientAsync(Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<SinkException>(call);
        Assert.Equal(SinkErrorKind.Transient, exception.Kind);
        return exception;
    }

    // After a crash the server refuses connections for a moment, which is transient, too.
    private async Task AssertLandsOnceAsync(PostgresSink sink, SinkCommit commit, int rows)
    {
        CommitResult? result = null;
        for (var attempt = 0; result is null; attempt++)
        {
            try
            {
                result = await sink.CommitAsync(commit, default);
            }
            catch (SinkException exception) when (exception.Kind == SinkErrorKind.Transient && attempt < 600)
            {
                await Task.Delay(50);
            }
        }

        Assert.True(result.Committed);
        Assert.Equal(Ledger.Range(0, 0, rows), await _schema.OffsetsAsync());
        Assert.Equal(rows, (await sink.ReadStateAsync(default)).Cursors[Key()]);
    }
}
