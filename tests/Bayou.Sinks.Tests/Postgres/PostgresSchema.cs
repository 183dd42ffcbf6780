using Bayou.Definitions;
using Bayou.Sinks.Postgres;
using Bayou.Sinks.Tests.Delta;
using Npgsql;

namespace Bayou.Sinks.Tests.Postgres;

/// <summary>A schema of the shared server for one test: connections to it make and find tables there.</summary>
public sealed class PostgresSchema(PostgresServer server)
{
    private static int s_count;

    /// <summary>The schema's name, which needs quotes.</summary>
    public string Name { get; } = $"Test \"{Interlocked.Increment(ref s_count)}\"";

    /// <summary>The name as SQL takes it.</summary>
    public string Quoted => TableName.Quote(Name);

    /// <summary>The server.</summary>
    public PostgresServer Server => server;

    /// <summary>Connection string whose search path is this schema.</summary>
    public string Connection => new NpgsqlConnectionStringBuilder(server.Connection) { SearchPath = Quoted }.ConnectionString;

    /// <summary>Makes the schema.</summary>
    public Task CreateAsync() => server.RunAsync($"CREATE SCHEMA {Quoted}");

    /// <summary>Runs a statement here, and returns its first value.</summary>
    public Task<object?> RunAsync(string sql) => server.RunAsync($"SET search_path TO {Quoted}; {sql}");

    /// <summary>Runs a query here.</summary>
    public Task<string[]> RowsAsync(string sql) => server.RowsAsync($"SET search_path TO {Quoted}; {sql}");

    /// <summary><c>partition:offset</c> of every row, sorted.</summary>
    public Task<string[]> OffsetsAsync(string table = "orders") => RowsAsync($"SELECT _partition || ':' || _offset FROM {table} ORDER BY _partition, _offset");

    /// <summary>A sink of this schema that is not open yet.</summary>
    internal PostgresSink Sink(TableDefinition table, string owner = "orders", string? connection = null, string name = "orders", IWorkExecutor? executor = null, TimeSpan? lockTimeout = null) =>
        new(Tables.Context(table, owner) with { Executor = executor ?? new InlineExecutor() }, new PostgresSinkOptions
        {
            Connection = connection ?? Connection,
            Table = TableName.TryParse(name, out var parsed) ? parsed : throw new ArgumentException(name, nameof(name)),
            LockTimeout = lockTimeout ?? TimeSpan.FromSeconds(10),
        });

    /// <summary>An open sink, and with <paramref name="started"/> the table's start cursor 0 committed.</summary>
    internal async Task<PostgresSink> OpenAsync(TableDefinition? table = null, string owner = "orders", bool started = false, string? connection = null, string name = "orders", IWorkExecutor? executor = null, TimeSpan? lockTimeout = null)
    {
        var sink = Sink(table ?? Tables.Ids(), owner, connection, name, executor, lockTimeout);
        await sink.OpenAsync(default);
        if (started) Assert.True((await sink.CommitAsync(Tables.Start(Tables.Move(null, 0)), default)).Committed);
        return sink;
    }
}
