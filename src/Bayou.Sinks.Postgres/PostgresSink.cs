using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>
/// A table in PostgreSQL. Rows, cursors and definition are one transaction of the server, so that every row is there exactly once, whatever is killed and whenever.
/// </summary>
public sealed class PostgresSink : ITransactionalSink
{
    private readonly SinkContext _context;
    private readonly PostgresSinkOptions _options;
    private readonly string _connection;
    private readonly string _location;
    private TableCommitter? _committer;

    /// <summary>A sink for a table; it is not open yet.</summary>
    public PostgresSink(SinkContext context, PostgresSinkOptions options)
    {
        (_context, _options) = (context, options);
        _connection = ConnectionText.Complete(options.Connection);
        _location = ConnectionText.Describe(options.Connection, options.Table);
    }

    /// <inheritdoc/>
    public async Task OpenAsync(CancellationToken cancellationToken) => await RunAsync("opening it", "It is opened again.", async connection =>
    {
        var table = _options.Table;
        string? current = null;
        if (table.Schema is null || _options.OffsetsSchema is null) current = await Catalog.CurrentSchemaAsync(connection, cancellationToken);
        if (table.Schema is null) table = table with { Schema = current };
        var destination = new Destination(table, _options.OffsetsSchema ?? current!, _context.Pipeline, _context.Owner, _location, _options);
        var committer = new TableCommitter(destination, _context);
        await committer.OpenAsync(connection, cancellationToken);
        _committer = committer;
        return true;
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<SinkState> ReadStateAsync(CancellationToken cancellationToken) =>
        RunAsync("reading its cursors", "They are read again.", connection => Committer.ReadStateAsync(connection, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<CommitResult> CommitAsync(SinkCommit commit, CancellationToken cancellationToken) =>
        RunAsync($"committing batch {commit.Batch.Id} ({Range(commit)})",
            "If the commit went through, it is found in bayou_tables by this batch id; if not, the batch is written again. No row is lost or doubled.",
            connection => Committer.CommitAsync(connection, commit.Batch, commit, cancellationToken), cancellationToken);

    /// <summary>Appends the rows without cursors; a batch that comes again is found by its id, as long as it is among the last 16 of this table and owner.</summary>
    public Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken) =>
        RunAsync($"writing batch {batch.Id}", "The batch is written again, unless bayou_tables has its id.",
            connection => Committer.CommitAsync(connection, batch, null, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private TableCommitter Committer => _committer ?? throw new InvalidOperationException("The sink is not open.");

    private async Task<T> RunAsync<T>(string what, string next, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(_connection);
            await connection.OpenAsync(cancellationToken);
            return await work(connection);
        }
        catch (Exception exception) when (exception is not SinkException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            var kind = PostgresErrors.KindOf(exception);
            var consequence = kind == SinkErrorKind.Fatal ? "Nothing was written, and the table stops; resume it once this is put right." : next;
            throw new SinkException(kind, $"PostgreSQL table {_location} of {_context.Owner}, {what}: {PostgresErrors.Text(exception)} {consequence}");
        }
    }

    private static string Range(SinkCommit commit) =>
        string.Join(", ", commit.Cursors.Take(3).Select(move => $"{move.Key} [{move.From}, {move.Next})")) + (commit.Cursors.Count > 3 ? $" and {commit.Cursors.Count - 3} more" : "");
}
