using Bayou.Definitions;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Tables as delta-rs reads them.</summary>
public sealed class LakeReadBackTests
{
    [FactWithLake]
    public async Task Commit_ids_are_read_by_delta_rs()
    {
        using var folder = new TableFolder();
        await using var sink = Sink(folder, Ids());
        await sink.OpenAsync(default);

        await sink.CommitAsync(Start(Move(null, 0)), default);
        var result = await sink.CommitAsync(Commit("b1", [IdRows(0, 3)], Move(0, 3)), default);

        Assert.True(result.Committed);
        Assert.Equal(1, result.SinkVersion);
        Assert.Equal(1, result.FilesWritten);
        var rows = DeltaLake.Sql(folder, "SELECT id, _topic, _partition, _offset, CAST(_timestamp AS VARCHAR) AS ts FROM t ORDER BY id");
        Assert.Equal(
            ["""{"id": 0, "_topic": "events", "_partition": 0, "_offset": 0, "ts": "2023-11-14T22:13:20Z"}""",
             """{"id": 1, "_topic": "events", "_partition": 0, "_offset": 1, "ts": "2023-11-14T22:13:21.000001Z"}""",
             """{"id": 2, "_topic": "events", "_partition": 0, "_offset": 2, "ts": "2023-11-14T22:13:22.000002Z"}"""],
            rows);
        Assert.Equal("""{"shop/orders/events@1-0": 3}""", DeltaLake.Info(folder).GetProperty("txn").GetRawText());
    }

    [FactWithLake]
    public async Task Commit_every_type_is_read_by_delta_rs()
    {
        using var folder = new TableFolder();
        var table = Table(
            Column("s", ColumnKind.String), Column("i", ColumnKind.Int), Column("l", ColumnKind.Long), Column("f", ColumnKind.Float),
            Column("d", ColumnKind.Double), Column("d9", ColumnKind.Decimal, 9, 2), Column("d18", ColumnKind.Decimal, 18, 4), Column("d38", ColumnKind.Decimal, 38, 10),
            Column("b", ColumnKind.Bool), Column("ts", ColumnKind.Timestamp), Column("day", ColumnKind.Date), Column("bin", ColumnKind.Binary), Column("j", ColumnKind.Json));
        object?[][] values =
        [
            ["käse", 1, 2L, 1.5f, 2.25, (Int128)(-12345), (Int128)123456789012345678, Int128.Parse("-12345678901234567890123456789012345678"), true, 1_700_000_000_123_456L, 19_000, new byte[] { 0, 255 }, """{"a":1}"""],
            [null, null, null, null, null, null, null, null, null, null, null, null, null],
            ["", int.MinValue, long.MaxValue, float.MaxValue, -0.5, (Int128)0, (Int128)(-1), (Int128)1, false, -1L, -1, Array.Empty<byte>(), "[]"],
        ];
        await using var sink = Sink(folder, table);
        await sink.OpenAsync(default);

        await sink.CommitAsync(Start(Move(null, 10)), default);
        await sink.CommitAsync(Commit("b1", [Rows.Block(table, 10, values)], Move(10, 13)), default);

        var rows = DeltaLake.Sql(folder, """
            SELECT s, i, l, f, d, CAST(d9 AS VARCHAR) d9, CAST(d18 AS VARCHAR) d18, CAST(d38 AS VARCHAR) d38, b, CAST(ts AS VARCHAR) ts, CAST(day AS VARCHAR) AS "day", encode(bin, 'hex') bin, j
            FROM t ORDER BY _offset
            """);
        Assert.Equal(
            ["""{"s": "k\u00e4se", "i": 1, "l": 2, "f": 1.5, "d": 2.25, "d9": "-123.45", "d18": "12345678901234.5678", "d38": "-1234567890123456789012345678.9012345678", "b": true, "ts": "2023-11-14T22:13:20.123456Z", "day": "2022-01-08", "bin": "00ff", "j": "{\"a\":1}"}""",
             """{"s": null, "i": null, "l": null, "f": null, "d": null, "d9": null, "d18": null, "d38": null, "b": null, "ts": null, "day": null, "bin": null, "j": null}""",
             """{"s": "", "i": -2147483648, "l": 9223372036854775807, "f": 3.4028234663852886e+38, "d": -0.5, "d9": "0.00", "d18": "-0.0001", "d38": "0.0000000001", "b": false, "ts": "1969-12-31T23:59:59.999999Z", "day": "1969-12-31", "bin": "", "j": "[]"}"""],
            rows);
        // Statistics must not hide rows.
        Assert.Equal("""{"n": 1}""", DeltaLake.Sql(folder, "SELECT count(*) AS n FROM t WHERE ts = to_timestamp_micros(1700000000123456) AND s = 'käse' AND d38 < -1").Single());
        Assert.Equal("""{"n": 1}""", DeltaLake.Sql(folder, "SELECT count(*) AS n FROM t WHERE l = 9223372036854775807 AND day < '1970-01-01'").Single());
    }
}
