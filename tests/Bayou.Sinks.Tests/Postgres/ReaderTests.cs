using Bayou.Definitions;
using Bayou.Sinks.Postgres;
using Bayou.Sinks.Tests.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Postgres;

/// <summary>What <see cref="PostgresTableReader"/> finds.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ReaderTests(PostgresServer server) : IAsyncLifetime
{
    private readonly PostgresSchema _schema = new(server);

    public Task InitializeAsync() => PostgresPrograms.Folder is null ? Task.CompletedTask : _schema.CreateAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [FactWithPostgres]
    public void Open_of_no_table_is_null() => Assert.Null(PostgresTableReader.Open(Definition()));

    [FactWithPostgres]
    public async Task Visit_finds_rows_refused_rows_and_cursors_as_of_one_moment()
    {
        await _schema.RunAsync("CREATE TABLE orders (id bigint CHECK (id <> 2))");
        await using var sink = await _schema.OpenAsync(started: true);
        await sink.CommitAsync(Commit("b1", [IdRows(0, 4), IdRows(7, 1, generation: 2)], Move(0, 4), Move(null, 8, generation: 2)), default);
        await _schema.RunAsync("INSERT INTO orders (id) VALUES (99)");
        using var reader = PostgresTableReader.Open(Definition())!;
        await sink.CommitAsync(Commit("b2", [IdRows(4, 3)], Move(4, 7)), default);

        var (rows, refused) = (new List<string>(), new List<string>());
        reader.Visit((key, offset, table) => rows.Add($"{key} {offset}{table}"));
        reader.VisitRejected("shop", "orders", (key, offset) => refused.Add($"{key} {offset}"));
        reader.VisitRejected("shop", "payments", (_, _) => Assert.Fail("Another owner's."));

        Assert.True(reader.HasOffsets);
        Assert.Equal(["events@1-0 0", "events@1-0 1", "events@1-0 3", "events@2-0 7"], rows.Order(StringComparer.Ordinal));
        Assert.Equal(["events@1-0 2"], refused);
        Assert.Equal(5, reader.CountRows());
        Assert.Equal(new Dictionary<CursorKey, long> { [Key()] = 4, [Key(generation: 2)] = 8 }, reader.StateOf("shop", "orders").Cursors);
        Assert.Null(reader.StateOf("shop", "payments").Definition);
    }

    [FactWithPostgres]
    public async Task Visit_of_a_quarantine_tells_the_table()
    {
        var table = QuarantineTable.Create(Definition());
        await using var sink = await _schema.OpenAsync(table, started: true);
        await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, [[null, new byte[] { 1 }, "missing: id", "payments", 1], [null, null, "unreadable", null, 1]])], Move(0, 2)), default);
        using var reader = PostgresTableReader.Open(Definition())!;

        var rows = new List<string>();
        reader.Visit((key, offset, name) => rows.Add($"{key} {offset} {name ?? "none"}"));

        Assert.Equal(["events@1-0 0 payments", "events@1-0 1 none"], rows.Order(StringComparer.Ordinal));
    }

    [FactWithPostgres]
    public void Open_without_a_server_says_so_without_the_password()
    {
        var sink = new SinkDefinition { Kind = "postgres", Options = new() { ["connection"] = "Host=127.0.0.1;Port=1;Username=u;Password=hunter2", ["table"] = "orders" } };

        var exception = Assert.Throws<SinkException>(() => PostgresTableReader.Open(sink));

        Assert.StartsWith("PostgreSQL table 127.0.0.1:1/u orders cannot be read: ", exception.Message);
        Assert.DoesNotContain("hunter2", exception.ToString());
    }

    private SinkDefinition Definition() => new() { Kind = "postgres", Options = new() { ["connection"] = _schema.Connection, ["table"] = "orders" } };
}
