using Bayou.Definitions;
using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>Makes what is missing: schemas, Bayou's own tables, the table and its columns. Asks for no privilege where nothing is missing.</summary>
internal static class TableMaker
{
    // Any number will do that nobody else is likely to lock: CREATE ... IF NOT EXISTS fails when two run at once.
    private const long Lock = 0x6261796F75;

    /// <summary>Makes schemas and tables that are missing, and adds missing columns.</summary>
    /// <exception cref="SinkException">The table was committed to before, and is gone; fatal.</exception>
    public static async Task PrepareAsync(NpgsqlConnection connection, Destination destination, TableDefinition table, bool withGeneration, CancellationToken cancellationToken)
    {
        var found = await Catalog.ReadAsync(connection, destination.Table, cancellationToken);
        var hasState = await CursorStore.ExistsAsync(connection, destination, cancellationToken);
        if (hasState && found is not null && TableCheck.Missing(found, table, withGeneration).Count == 0) return;

        await using var transaction = await destination.BeginAsync(connection, cancellationToken);
        await Sql.RunAsync(connection, [Sql.Command("SELECT pg_catalog.pg_advisory_xact_lock($1)", Lock)], cancellationToken);
        if (!hasState) await CursorStore.CreateAsync(connection, destination, cancellationToken);
        found = await Catalog.ReadAsync(connection, destination.Table, cancellationToken);
        if (found is null)
        {
            if (await CursorStore.IsKnownAsync(connection, destination, cancellationToken)) throw Gone(destination);
            await CreateSchemaAsync(connection, destination.Table.Schema!, cancellationToken);
            var columns = TableLayout.Wanted(table, withGeneration).Select(column => $"{TableName.Quote(column.Name)} {ColumnTypes.Create(column.Type)}");
            await Sql.RunAsync(connection, $"CREATE TABLE {destination.Table.Quoted} ({string.Join(", ", columns)})", cancellationToken);
        }
        else if (found.Kind is 'r' or 'p' && TableCheck.Missing(found, table, withGeneration) is { Count: > 0 } missing)
        {
            var additions = missing.Select(column => $"ADD COLUMN {TableName.Quote(column.Name)} {ColumnTypes.Create(column.Type)}");
            await Sql.RunAsync(connection, $"ALTER TABLE {destination.Table.Quoted} {string.Join(", ", additions)}", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Makes a schema unless it is there.</summary>
    public static async Task CreateSchemaAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1", connection) { Parameters = { new() { Value = schema } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is null) await Sql.RunAsync(connection, $"CREATE SCHEMA {TableName.Quote(schema)}", cancellationToken);
    }

    /// <summary>What is said when the table was dropped.</summary>
    public static SinkException Gone(Destination destination) => new(SinkErrorKind.Fatal,
        $"PostgreSQL table {destination.Location} is gone, or was dropped and made again, while bayou_offsets still has its cursors: its rows up to them went with it. Nothing was written, and the table stops. "
        + $"Restore the table with its rows; or, to read everything again, delete its rows in {destination.Tables} and {destination.Offsets}, remove the pipeline's state directory and start the pipeline again.");
}
