using Npgsql;

namespace Bayou.Sinks.Postgres;

/// <summary>Reads what the server knows of tables.</summary>
internal static class Catalog
{
    // Lets a commit see in one short answer that the table is still what its rows were written for.
    private const string ShapeExpression =
        """
        (SELECT coalesce(string_agg(concat_ws(' ', a.attnum, a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.atthasdef, a.attidentity, a.attgenerated), ',' ORDER BY a.attnum), '')
         FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)
        """;

    private const string From = " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname = $2";

    /// <summary>One row of id and shape; none when there is no such table.</summary>
    public static NpgsqlBatchCommand ShapeCommand(TableName table) => Sql.Command("SELECT c.oid, " + ShapeExpression + From, table.Schema!, table.Name);

    /// <summary>The table; null when there is none of this name.</summary>
    public static async Task<CatalogTable?> ReadAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        await using var batch = Sql.Batch(connection,
            Sql.Command("SELECT c.oid, c.relkind, c.relpersistence, " + ShapeExpression + From, table.Schema!, table.Name),
            Sql.Command(
                """
                SELECT a.attname, CASE WHEN tn.nspname = 'pg_catalog' THEN t.typname::text ELSE tn.nspname || '.' || t.typname END, pg_catalog.format_type(a.atttypid, a.atttypmod),
                       CASE WHEN a.atttypid = 'pg_catalog.numeric'::regtype AND a.atttypmod >= 4 THEN ((((a.atttypmod - 4) & 2047) # 1024) - 1024) END,
                       a.attnotnull AND NOT a.atthasdef AND a.attidentity = '', a.attgenerated <> ''
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
                JOIN pg_catalog.pg_type t ON t.oid = a.atttypid JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
                WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
                """, table.Schema!, table.Name));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken)) return null;
        var (id, kind, persistence, shape) = (reader.GetFieldValue<uint>(0), reader.GetChar(1), reader.GetChar(2), reader.GetString(3));
        await reader.NextResultAsync(cancellationToken);
        var columns = new List<CatalogColumn>();
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add(new CatalogColumn(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), await reader.IsDBNullAsync(3, cancellationToken) ? null : reader.GetInt32(3), reader.GetBoolean(4), reader.GetBoolean(5)));
        }

        return new CatalogTable(id, kind, persistence, shape, columns);
    }

    /// <summary>The schema in which the connection makes tables that it names without one.</summary>
    /// <exception cref="SinkException">There is none; fatal.</exception>
    public static async Task<string> CurrentSchemaAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_catalog.current_schema()", connection);
        return await command.ExecuteScalarAsync(cancellationToken) as string
            ?? throw new SinkException(SinkErrorKind.Fatal, "No schema of the connection's search path exists, so there is none to keep tables in. Name one in 'table' and 'offsetsSchema', or set Search Path in the connection. The table stops.");
    }
}
