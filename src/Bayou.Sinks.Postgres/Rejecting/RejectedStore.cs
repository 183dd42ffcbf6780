using Npgsql;
using NpgsqlTypes;

namespace Bayou.Sinks.Postgres;

/// <summary>Writes refused rows to <c>bayou_rejected</c>, in the transaction of the rows that were not.</summary>
internal static class RejectedStore
{
    private const int AtOnce = 1000;

    public static async Task WriteAsync(NpgsqlConnection connection, Destination destination, TableLayout layout, IReadOnlyList<RejectedRow> rows, CancellationToken cancellationToken)
    {
        foreach (var some in rows.Chunk(AtOnce))
        {
            await Sql.RunAsync(connection,
            [
                Sql.Command(
                    $"""
                    INSERT INTO {destination.Rejected} (table_schema, table_name, pipeline, owner, topic, generation, partition, "offset", "timestamp", sqlstate, reason, "row")
                    SELECT $1, $2, $3, $4, r.topic, r.generation, r.partition, r.at, CASE WHEN r.micros IS NOT NULL THEN timestamptz 'epoch' + r.micros * interval '1 microsecond' END, r.code, r.reason, r.data
                    FROM unnest($5::text[], $6::integer[], $7::integer[], $8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::json[]) AS r(topic, generation, partition, at, micros, code, reason, data)
                    """,
                    destination.Table.Schema!, destination.Table.Name, destination.Pipeline, destination.Owner,
                    some.Select(row => row.Row.Source.Partition.Topic).ToArray(), some.Select(row => row.Row.Source.Generation).ToArray(), some.Select(row => row.Row.Source.Partition.Partition).ToArray(),
                    some.Select(row => row.Row.Source.Open().Offsets[row.Row.First]).ToArray(), some.Select(row => Timestamp(row.Row)).ToArray(), some.Select(row => row.SqlState).ToArray(),
                    some.Select(row => row.Reason).ToArray(),
                    new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Json, Value = some.Select(row => RowJson.Write(layout, row.Row)).ToArray() }),
            ], cancellationToken);
        }
    }

    private static long? Timestamp(RowRange row) => row.Source.Open().Timestamps[row.First] is var time && time == long.MinValue ? null : time;
}
