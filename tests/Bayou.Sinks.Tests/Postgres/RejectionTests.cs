using Bayou.Definitions;
using Bayou.Sinks.Tests.Delta;
using Npgsql;
using Xunit.Abstractions;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Postgres;

/// <summary>Rows that the server refuses go to <c>bayou_rejected</c> with its own words; the others are written, and the cursors move, in the same transaction.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RejectionTests(PostgresServer server, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly PostgresSchema _schema = new(server);

    public Task InitializeAsync() => PostgresPrograms.Folder is null ? Task.CompletedTask : _schema.CreateAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [TheoryWithPostgres]
    [InlineData("CHECK (id <> 3)", "23514|new row for relation \"orders\" violates check constraint \"orders_id_check\": Failing row contains (3, events, 0, 3, ")]
    [InlineData("CHECK (id > 0)", "23514|new row for relation \"orders\" violates check constraint \"orders_id_check\": Failing row contains (0, events, 0, 0, ")]
    public async Task Commit_with_a_row_that_violates_a_check_writes_the_others(string constraint, string expected)
    {
        await _schema.RunAsync($"CREATE TABLE orders (id bigint {constraint})");
        await using var sink = await _schema.OpenAsync(started: true);

        Assert.True((await sink.CommitAsync(Commit("b1", [IdRows(0, 5)], Move(0, 5)), default)).Committed);

        var refused = constraint.Contains("> 0", StringComparison.Ordinal) ? 0 : 3;
        Assert.Equal(Ledger.Range(0, 0, 5).Where(row => row != $"0:{refused}"), await _schema.OffsetsAsync());
        Assert.StartsWith(expected, Assert.Single(await _schema.RowsAsync("SELECT sqlstate, reason FROM bayou_rejected")));
        Assert.Equal([$"orders|shop|orders|events|1|0|{refused}|{{\"id\":{refused}}}"], await _schema.RowsAsync("SELECT table_name, pipeline, owner, topic, generation, partition, \"offset\", \"row\" FROM bayou_rejected"));
        Assert.Equal(["t"], await _schema.RowsAsync($"SELECT \"timestamp\" = timestamptz 'epoch' + interval '1700000000 s' + {refused} * interval '1.000001 s' FROM bayou_rejected"));
        Assert.Equal(5, (await sink.ReadStateAsync(default)).Cursors[Key()]);
    }

    [TheoryWithPostgres]
    [InlineData("PRIMARY KEY")]
    [InlineData("PRIMARY KEY DEFERRABLE INITIALLY DEFERRED")]
    [InlineData("CHECK (id IS NOT NULL), EXCLUDE USING btree (id WITH =) DEFERRABLE INITIALLY DEFERRED")]
    public async Task Commit_with_keys_that_are_there_keeps_the_first_of_each(string constraint)
    {
        await _schema.RunAsync($"CREATE TABLE orders (id bigint {constraint})");
        await using var sink = await _schema.OpenAsync(started: true);
        var table = Ids();

        await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, [[1L], [2L]])], Move(0, 2)), default);
        await sink.CommitAsync(Commit("b2", [Rows.Block(table, 2, [[3L], [1L], [4L], [3L], [5L]])], Move(2, 7)), default);

        Assert.Equal(["1|0", "2|1", "3|2", "4|4", "5|6"], await _schema.RowsAsync("SELECT id, _offset FROM orders ORDER BY id"));
        Assert.Equal(["3|t", "5|t"], await _schema.RowsAsync("SELECT \"offset\", sqlstate IN ('23505', '23P01') FROM bayou_rejected ORDER BY 1"));
    }

    [FactWithPostgres]
    public async Task Commit_with_values_that_the_server_cannot_keep_writes_the_others()
    {
        await _schema.RunAsync("CREATE TABLE orders (s varchar(5), m numeric(4,2), j jsonb, must bigint NOT NULL)");
        var table = Table(Column("s", ColumnKind.String), Column("m", ColumnKind.Decimal, 12, 2), Column("j", ColumnKind.Json), Column("must", ColumnKind.Long), Column("ts", ColumnKind.Timestamp), Column("day", ColumnKind.Date), Column("t", ColumnKind.String));
        await using var sink = await _schema.OpenAsync(table, started: true);
        object?[][] rows =
        [
            ["fine", (Int128)9999, "{}", 0L, 0L, 0, "fine"],
            ["nul \0", null, null, 1L, null, null, null],
            ["too long", null, null, 2L, null, null, null],
            [null, (Int128)10000, null, 3L, null, null, null],
            [null, null, "\"\\u0000\"", 4L, null, null, null],
            [null, null, null, null, null, null, null],
            [null, null, null, 6L, long.MaxValue, null, null],
            [null, null, null, 7L, long.MinValue, null, null],
            [null, null, null, 8L, 946_684_800_000_000L + long.MinValue, null, null],
            [null, null, null, 9L, null, int.MinValue, null],
            [null, null, null, 10L, null, int.MaxValue, null],
            [null, null, null, 11L, null, null, null],
        ];
        var block = Rows.Block(table, 0, rows);
        var invalid = Rows.Block(table, 12, [[new byte[] { 0x61, 0xFF }, null, null, 12L, null, null, null], [null, null, null, 13L, null, null, null]]);

        Assert.True((await sink.CommitAsync(Commit("b1", [block, invalid], Move(0, 14)), default)).Committed);

        Assert.Equal(["0:0", "0:11", "0:13"], await _schema.OffsetsAsync());
        Assert.Equal(["1|22021", "2|22001", "3|22003", "4|22P05", "5|23502", "6|22008", "7|22008", "8|22008", "9|22008", "10|22008", "12|22021"],
            await _schema.RowsAsync("SELECT \"offset\", sqlstate FROM bayou_rejected ORDER BY 1"));
        Assert.Equal("""{"s":"nul \u0000","m":null,"j":null,"must":1,"ts":null,"day":null,"t":null}""", await _schema.RunAsync("SELECT \"row\"::text FROM bayou_rejected WHERE \"offset\" = 1"));
        Assert.Equal("""{"s":null,"m":"100.00","j":null,"must":3,"ts":null,"day":null,"t":null}""", await _schema.RunAsync("SELECT \"row\"::text FROM bayou_rejected WHERE \"offset\" = 3"));
        Assert.Equal("""{"s":"base64:Yf8=","m":null,"j":null,"must":12,"ts":null,"day":null,"t":null}""", await _schema.RunAsync("SELECT \"row\"::text FROM bayou_rejected WHERE \"offset\" = 12"));
    }

    [FactWithPostgres]
    public async Task Commit_of_random_rows_with_some_that_are_refused_has_one_outcome_for_each()
    {
        output.WriteLine(TestSeed.Text);
        var random = new Random(TestSeed.Value);
        // A trigger that runs behind all rows names none of them.
        await _schema.RunAsync("CREATE TABLE orders (id bigint CHECK (id % 7 <> 3)); CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT FROM fresh WHERE id % 11 = 5) THEN "
            + "RAISE EXCEPTION 'elevens' USING ERRCODE = '22000'; END IF; RETURN NULL; END $$; CREATE TRIGGER look AFTER INSERT ON orders REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION look()");
        await using var sink = await _schema.OpenAsync(started: true);
        var ids = Enumerable.Range(0, 1500).Select(_ => (long)random.Next(100_000) * (random.Next(20) == 0 ? 1 : 77)).ToArray();

        await sink.CommitAsync(Commit("b1", [Rows.Block(Ids(), 0, [.. ids.Select(id => new object?[] { id })])], Move(0, ids.Length)), default);

        var refused = Enumerable.Range(0, ids.Length).Where(i => ids[i] % 7 == 3 || ids[i] % 11 == 5).ToArray();
        Assert.Equal(Enumerable.Range(0, ids.Length).Except(refused).Select(i => $"{i}|{ids[i]}"), await _schema.RowsAsync("SELECT _offset, id FROM orders ORDER BY 1"));
        Assert.Equal(refused.Select(i => $"{i}|{{\"id\":{ids[i]}}}"), await _schema.RowsAsync("SELECT \"offset\", \"row\" FROM bayou_rejected ORDER BY 1"));
    }

    [FactWithPostgres]
    public async Task Commit_that_landed_without_an_answer_rejects_nothing_for_keys_of_its_own()
    {
        await _schema.RunAsync("CREATE TABLE orders (id bigint PRIMARY KEY)");
        using var proxy = new CommitDroppingProxy(server.Port);
        await using var sink = await _schema.OpenAsync(started: true, connection: new NpgsqlConnectionStringBuilder(_schema.Connection) { Port = proxy.Port, SslMode = SslMode.Disable }.ConnectionString);
        var commit = Commit("b1", [IdRows(0, 5)], Move(0, 5));
        proxy.DropNextCommit();

        await Assert.ThrowsAsync<SinkException>(() => sink.CommitAsync(commit, default));
        Assert.True((await sink.CommitAsync(commit, default)).Committed);

        Assert.Equal(Ledger.Range(0, 0, 5), await _schema.OffsetsAsync());
        Assert.Empty(await _schema.RowsAsync("SELECT 1 FROM bayou_rejected"));
    }

    [FactWithPostgres]
    public async Task Commit_whose_keys_a_successor_has_written_is_refused_and_rejects_nothing()
    {
        await _schema.RunAsync("CREATE TABLE orders (id bigint PRIMARY KEY)");
        var executor = new InterruptingExecutor();
        await using var slow = await _schema.OpenAsync(started: true, executor: executor);
        await using var successor = await _schema.OpenAsync();
        // The first piece of rows lies in a connection's buffer yet, so that the server has seen none of them.
        executor.Before = () => Task.Run(() => successor.CommitAsync(Commit("b2", [IdRows(2_048, 1)], Move(0, 3_000)), default)).Wait();

        var result = await slow.CommitAsync(Commit("b1", [IdRows(0, 3_000)], Move(0, 3_000)), default);

        Assert.False(result.Committed);
        Assert.Equal(["0:2048"], await _schema.OffsetsAsync());
        Assert.Empty(await _schema.RowsAsync("SELECT 1 FROM bayou_rejected"));
    }
}
