using System.Text.Json;
using Bayou.Sources;
using Npgsql;
using NpgsqlTypes;

namespace Bayou.Sinks.Postgres;

/// <summary>
/// Reads and writes <c>bayou_tables</c> and <c>bayou_offsets</c>, in whatever transaction the connection is in. Everybody locks the owner's row first, then its cursors in the order of
/// their key, so that no two writers wait for each other.
/// </summary>
internal static class CursorStore
{
    // A writer has one commit of unknown outcome at a time; the others are room for sinks of several writers.
    private const int RecentIds = 16;

    private const string Owned = " WHERE table_schema = $1 AND table_name = $2 AND pipeline = $3 AND owner = $4";

    public static async Task<bool> ExistsAsync(NpgsqlConnection connection, Destination destination, CancellationToken cancellationToken)
    {
        await using var batch = Sql.Batch(connection, Sql.Command(
            "SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relname IN ('bayou_tables', 'bayou_offsets', 'bayou_rejected')",
            destination.StateSchema));
        return await batch.ExecuteScalarAsync(cancellationToken) is 3L;
    }

    public static async Task CreateAsync(NpgsqlConnection connection, Destination destination, CancellationToken cancellationToken)
    {
        await TableMaker.CreateSchemaAsync(connection, destination.StateSchema, cancellationToken);
        await Sql.RunAsync(connection,
            $"""
            CREATE TABLE IF NOT EXISTS {destination.Tables} (
                table_schema text, table_name text, pipeline text, owner text, version integer, fingerprint text, to_version integer, to_fingerprint text,
                sources text NOT NULL DEFAULT '[]', commits bigint NOT NULL DEFAULT 0, recent text[] NOT NULL DEFAULT ARRAY[]::text[], committed_at timestamp with time zone,
                PRIMARY KEY (table_schema, table_name, pipeline, owner)) WITH (fillfactor = 50);
            CREATE TABLE IF NOT EXISTS {destination.Offsets} (
                table_schema text, table_name text, pipeline text, owner text, topic text, generation integer, partition integer, next_offset bigint NOT NULL,
                PRIMARY KEY (table_schema, table_name, pipeline, owner, topic, generation, partition)) WITH (fillfactor = 50);
            CREATE TABLE IF NOT EXISTS {destination.Rejected} (
                table_schema text NOT NULL, table_name text NOT NULL, pipeline text NOT NULL, owner text NOT NULL, topic text NOT NULL, generation integer NOT NULL, partition integer NOT NULL,
                "offset" bigint NOT NULL, "timestamp" timestamp with time zone, sqlstate text NOT NULL, reason text NOT NULL, "row" json NOT NULL, rejected_at timestamp with time zone NOT NULL DEFAULT now());
            """, cancellationToken);
    }

    /// <summary>True when any owner has committed to the table.</summary>
    public static async Task<bool> IsKnownAsync(NpgsqlConnection connection, Destination destination, CancellationToken cancellationToken)
    {
        await using var batch = Sql.Batch(connection, Sql.Command(
            $"SELECT 1 FROM {destination.Tables} WHERE table_schema = $1 AND table_name = $2 AND version IS NOT NULL LIMIT 1", destination.Table.Schema!, destination.Table.Name));
        return await batch.ExecuteScalarAsync(cancellationToken) is not null;
    }

    /// <summary>What the server holds, and with <paramref name="shape"/> the table's id and shape in the same answer (null: no table).</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="destination">The owner.</param>
    /// <param name="forUpdate">True to lock it until the transaction ends. The owner's row is made when it is missing.</param>
    /// <param name="withOthers">True to look for other owners, too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<(StoredState Stored, uint? TableId, string? Shape)> ReadAsync(
        NpgsqlConnection connection, Destination destination, bool forUpdate, bool withOthers, CancellationToken cancellationToken)
    {
        if (forUpdate)
            await LockAsync(connection, destination, cancellationToken);
        var order = forUpdate ? " ORDER BY topic, generation, partition FOR UPDATE" : "";
        await using var batch = Sql.Batch(connection,
            Own($"SELECT version, fingerprint, to_version, to_fingerprint, sources, commits, recent FROM {destination.Tables}{Owned}", destination),
            Own($"SELECT topic, generation, partition, next_offset FROM {destination.Offsets}{Owned}{order}", destination),
            Catalog.ShapeCommand(destination.Table));
        if (withOthers)
        {
            batch.BatchCommands.Add(Own(
                $"SELECT DISTINCT pipeline || '/' || owner FROM {destination.Tables} WHERE table_schema = $1 AND table_name = $2 AND (pipeline, owner) <> ($3, $4) AND version IS NOT NULL", destination));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var (definition, sources, commits, recent) = ((DefinitionStamp?)null, Array.Empty<SourceIdentity>(), 0L, Array.Empty<string>());
        if (await reader.ReadAsync(cancellationToken))
        {
            if (!reader.IsDBNull(0))
            {
                definition = new DefinitionStamp
                {
                    Version = reader.GetInt32(0), Fingerprint = reader.GetString(1), To = reader.IsDBNull(2) ? null : reader.GetInt32(2), ToFingerprint = reader.IsDBNull(3) ? null : reader.GetString(3),
                };
            }

            sources = JsonSerializer.Deserialize<SourceIdentity[]>(reader.GetString(4)) ?? [];
            (commits, recent) = (reader.GetInt64(5), reader.GetFieldValue<string[]>(6));
        }

        await reader.NextResultAsync(cancellationToken);
        var cursors = new Dictionary<CursorKey, long>();
        while (await reader.ReadAsync(cancellationToken))
            cursors.Add(new CursorKey(new TopicPartition(reader.GetString(0), reader.GetInt32(2)), reader.GetInt32(1)), reader.GetInt64(3));
        await reader.NextResultAsync(cancellationToken);
        var (id, shape) = await reader.ReadAsync(cancellationToken) ? ((uint?)reader.GetFieldValue<uint>(0), reader.GetString(1)) : (null, null);
        var others = new List<string>();
        if (withOthers)
        {
            await reader.NextResultAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) others.Add(reader.GetString(0));
            others.Sort(StringComparer.Ordinal);
        }

        var state = new SinkState { Definition = definition, Cursors = cursors, Sources = sources, OtherOwners = [.. others] };
        return (new StoredState(state, commits, recent), id, shape);
    }

    /// <summary>Writes what a commit changes; the owner's row is locked by this transaction.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="destination">The owner.</param>
    /// <param name="batchId">The commit's id.</param>
    /// <param name="commit">The commit; null when there are rows only.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task WriteAsync(NpgsqlConnection connection, Destination destination, string batchId, SinkCommit? commit, CancellationToken cancellationToken)
    {
        await using var batch = Sql.Batch(connection, Own(
            $"UPDATE {destination.Tables} SET commits = commits + 1, recent = (ARRAY[$5] || recent)[1:{RecentIds}], committed_at = now(){(commit is null ? "" : ", version = $6, fingerprint = $7, to_version = $8, to_fingerprint = $9, sources = coalesce($10, sources)")}{Owned}",
            destination, commit is null ? [batchId] :
            [
                batchId, commit.Definition.Version, commit.Definition.Fingerprint, Integer(commit.Definition.To), Text(commit.Definition.ToFingerprint),
                Text(commit.Sources is null ? null : JsonSerializer.Serialize(commit.Sources)),
            ]));
        if (commit is { Cursors.Count: > 0 })
        {
            batch.BatchCommands.Add(Own(
                $"""
                INSERT INTO {destination.Offsets} (table_schema, table_name, pipeline, owner, topic, generation, partition, next_offset)
                SELECT $1, $2, $3, $4, * FROM unnest($5::text[], $6::integer[], $7::integer[], $8::bigint[])
                ON CONFLICT (table_schema, table_name, pipeline, owner, topic, generation, partition) DO UPDATE SET next_offset = excluded.next_offset
                """, destination,
                commit.Cursors.Select(move => move.Key.Partition.Topic).ToArray(), commit.Cursors.Select(move => move.Key.Generation).ToArray(),
                commit.Cursors.Select(move => move.Key.Partition.Partition).ToArray(), commit.Cursors.Select(move => move.Next).ToArray()));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    // An insert that meets another writer's waits for its end, so that a commit of unknown outcome is decided once this returns.
    private static async Task LockAsync(NpgsqlConnection connection, Destination destination, CancellationToken cancellationToken)
    {
        await using var batch = Sql.Batch(connection, Own($"SELECT 1 FROM {destination.Tables}{Owned} FOR UPDATE", destination));
        if (await batch.ExecuteScalarAsync(cancellationToken) is not null) return;
        await Sql.RunAsync(connection,
        [
            Own($"INSERT INTO {destination.Tables} (table_schema, table_name, pipeline, owner) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", destination),
            Own($"SELECT 1 FROM {destination.Tables}{Owned} FOR UPDATE", destination),
        ], cancellationToken);
    }

    private static NpgsqlBatchCommand Own(string text, Destination destination, params object[] more) =>
        Sql.Command(text, [destination.Table.Schema!, destination.Table.Name, destination.Pipeline, destination.Owner, .. more]);

    private static NpgsqlParameter Integer(int? value) => new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = (object?)value ?? DBNull.Value };

    private static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };
}
