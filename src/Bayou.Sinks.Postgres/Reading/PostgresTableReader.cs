using System.Data;
using Bayou.Definitions;
using Bayou.Sources;
using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>
/// Reads a table, and what Bayou keeps beside it, in one transaction that sees the database as it was at the beginning. Methods throw <see cref="SinkException"/>. Not safe for concurrent use.
/// </summary>
public sealed class PostgresTableReader : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly PostgresSinkOptions _options;
    private readonly TableName _table;
    private readonly string _stateSchema;
    private readonly IReadOnlyList<CatalogColumn> _columns;
    private readonly bool _hasState;

    private PostgresTableReader(NpgsqlConnection connection, NpgsqlTransaction transaction, PostgresSinkOptions options, TableName table, string stateSchema, IReadOnlyList<CatalogColumn> columns, long version)
    {
        (_connection, _transaction, _options, _table, _stateSchema, _columns, Version) = (connection, transaction, options, table, stateSchema, columns, version);
        _hasState = CursorStore.ExistsAsync(connection, Owner("", ""), default).GetAwaiter().GetResult();
    }

    /// <summary>The server's number of the transaction that was next when the table was opened.</summary>
    public long Version { get; }

    /// <summary>False when the rows do not say where they came from.</summary>
    public bool HasOffsets => Has(MetadataColumns.Topic) && Has(MetadataColumns.Partition) && Has(MetadataColumns.Offset);

    /// <summary>Opens the destination; null when there is no such table.</summary>
    public static PostgresTableReader? Open(SinkDefinition sink)
    {
        List<string> errors = [];
        var options = PostgresSinkOptionsValidator.Read(sink, errors);
        if (errors.Count > 0) throw new SinkException(SinkErrorKind.Fatal, $"It cannot be read: {string.Join(" ", errors)}");
        var connection = new NpgsqlConnection(ConnectionText.Complete(options.Connection));
        PostgresTableReader? reader = null;
        try
        {
            reader = Guard(options, () => Open(connection, options));
            return reader;
        }
        finally
        {
            if (reader is null) connection.Dispose();
        }
    }

    /// <summary>The cursors and definition of an owner.</summary>
    public SinkState StateOf(string pipeline, string owner) => Guard(_options, () => _hasState
        ? CursorStore.ReadAsync(_connection, Owner(pipeline, owner), forUpdate: false, withOthers: true, default).GetAwaiter().GetResult().Stored.State
        : new SinkState { Cursors = [] });

    /// <summary>Number of rows.</summary>
    public long CountRows() => Guard(_options, () =>
    {
        using var command = new NpgsqlCommand($"SELECT count(*) FROM {_table.Quoted}", _connection) { CommandTimeout = 0 };
        return (long)command.ExecuteScalar()!;
    });

    /// <summary>Calls back with partition, offset and, for a quarantine, the table for every row that says where it came from; other rows are not Bayou's.</summary>
    public void Visit(Action<CursorKey, long, string?> visitor)
    {
        // Rows from before the column was there, and those of the first generation, have none.
        var generation = Has(MetadataColumns.Generation) ? $"coalesce({MetadataColumns.Generation}, 1)" : "1";
        var table = Has(QuarantineTable.TableColumn) ? QuarantineTable.TableColumn : "NULL::text";
        Each($"SELECT {MetadataColumns.Topic}, {MetadataColumns.Partition}::integer, {MetadataColumns.Offset}, {generation}::integer, {table} FROM {_table.Quoted} "
            + $"WHERE {MetadataColumns.Topic} IS NOT NULL AND {MetadataColumns.Partition} IS NOT NULL AND {MetadataColumns.Offset} IS NOT NULL", [], visitor);
    }

    /// <summary>Calls back for every row of an owner's that the server refused.</summary>
    public void VisitRejected(string pipeline, string owner, Action<CursorKey, long> visitor)
    {
        if (!_hasState) return;
        Each($"SELECT topic, partition, \"offset\", generation, NULL::text FROM {Owner(pipeline, owner).Rejected} WHERE table_schema = $1 AND table_name = $2 AND pipeline = $3 AND owner = $4",
            [_table.Schema!, _table.Name, pipeline, owner], (key, offset, _) => visitor(key, offset));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }

    private static PostgresTableReader? Open(NpgsqlConnection connection, PostgresSinkOptions options)
    {
        connection.Open();
        var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        using var version = new NpgsqlCommand("SELECT pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::text::bigint", connection);
        var number = (long)version.ExecuteScalar()!;
        var current = options.Table.Schema is null || options.OffsetsSchema is null ? Catalog.CurrentSchemaAsync(connection, default).GetAwaiter().GetResult() : null;
        var table = options.Table.Schema is null ? options.Table with { Schema = current } : options.Table;
        var found = Catalog.ReadAsync(connection, table, default).GetAwaiter().GetResult();
        return found is null ? null : new PostgresTableReader(connection, transaction, options, table, options.OffsetsSchema ?? current!, found.Columns, number);
    }

    private bool Has(string column) => _columns.Any(each => each.Name == column);

    private Destination Owner(string pipeline, string owner) => new(_table, _stateSchema, pipeline, owner, "", _options);

    private void Each(string sql, object[] parameters, Action<CursorKey, long, string?> visitor) => Guard(_options, () =>
    {
        using var batch = Sql.Batch(_connection, Sql.Command(sql, parameters));
        batch.Timeout = 0;
        using var reader = batch.ExecuteReader();
        var key = default(CursorKey);
        while (reader.Read())
        {
            var (topic, partition, generation) = (reader.GetString(0), reader.GetInt32(1), reader.GetInt32(3));
            if (key.Partition.Partition != partition || key.Generation != generation || key.Partition.Topic != topic) key = new CursorKey(new TopicPartition(topic, partition), generation);
            visitor(key, reader.GetInt64(2), reader.IsDBNull(4) ? null : reader.GetString(4));
        }

        return true;
    });

    private static T Guard<T>(PostgresSinkOptions options, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException or InvalidOperationException or InvalidCastException)
        {
            throw new SinkException(PostgresErrors.KindOf(exception),
                $"PostgreSQL table {ConnectionText.Describe(options.Connection, options.Table)} cannot be read: {PostgresErrors.Text(exception)}");
        }
    }
}
