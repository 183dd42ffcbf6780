namespace Bayou.Sinks.Postgres;

/// <summary>Options of a table that is written to PostgreSQL.</summary>
public sealed class PostgresSinkOptions
{
    /// <summary>Name of the option <see cref="Connection"/> in a pipeline file.</summary>
    public const string ConnectionName = "connection";

    /// <summary>Name of the option <see cref="Table"/> in a pipeline file.</summary>
    public const string TableOption = "table";

    /// <summary>Npgsql's connection string. A secret: it may hold a password, and is never printed.</summary>
    public required string Connection { get; init; }

    /// <summary>The table; without a schema, that in which the connection creates tables. Made when it is missing.</summary>
    public required TableName Table { get; init; }

    /// <summary>Schema of <c>bayou_tables</c>, <c>bayou_offsets</c> and <c>bayou_rejected</c>; null for that in which the connection creates tables. Must stay the same: cursors are not looked for elsewhere.</summary>
    public string? OffsetsSchema { get; init; }

    /// <summary>
    /// How long a statement waits for a lock. 10 s unless given, 100 ms to 1 h. A small value makes commits fail, and be tried again, beside schema changes and long transactions;
    /// a large one hides them.
    /// </summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a transaction of a writer that stands still keeps its locks before the server ends it. 30 s unless given, 1 s to 1 h. A small value ends transactions of a machine
    /// that is merely slow; a large one makes a successor wait.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
