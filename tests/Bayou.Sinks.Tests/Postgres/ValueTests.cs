using System.Globalization;
using Bayou.Definitions;
using Bayou.Sinks.Tests.Delta;
using Xunit.Abstractions;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Postgres;

/// <summary>Values of every kind, as the server prints them after a COPY.</summary>
[Collection(PostgresCollection.Name)]
public sealed class ValueTests(PostgresServer server, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly PostgresSchema _schema = new(server);

    public Task InitializeAsync() => PostgresPrograms.Folder is null ? Task.CompletedTask : _schema.CreateAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [FactWithPostgres]
    public async Task Commit_of_every_kind_and_null_is_read_back()
    {
        var table = Table(
            Column("s", ColumnKind.String), Column("i", ColumnKind.Int), Column("l", ColumnKind.Long), Column("f", ColumnKind.Float), Column("d", ColumnKind.Double), Column("m", ColumnKind.Decimal, 12, 2),
            Column("b", ColumnKind.Bool), Column("ts", ColumnKind.Timestamp), Column("day", ColumnKind.Date), Column("x", ColumnKind.Binary), Column("j", ColumnKind.Json));
        await using var sink = await _schema.OpenAsync(table, started: true);
        object?[][] rows =
        [
            ["grün \U0001F600\t\n\\", int.MinValue, long.MaxValue, 1.5f, -0.1, (Int128)(-123456), true, 1_700_000_000_123_456L, -1, new byte[] { 0, 255 }, "{\"a\": [1]}"],
            ["", 0, 0L, float.NaN, double.NegativeInfinity, (Int128)0, false, -1L, 19_000, Array.Empty<byte>(), "null"],
            new object?[11],
        ];

        await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, rows)], Move(0, 3)), default);

        Assert.Equal(
            [
                "grün \U0001F600\t\n\\|-2147483648|9223372036854775807|1.5|-0.1|-1234.56|t|2023-11-14 22:13:20.123456+00|1969-12-31|\\x00ff|{\"a\": [1]}",
                "|0|0|NaN|-Infinity|0.00|f|1969-12-31 23:59:59.999999+00|2022-01-08|\\x|null",
                "||||||||||",
            ],
            await _schema.RowsAsync("SET TIME ZONE 'UTC'; SELECT s, i, l, f, d, m, b, ts, day, x, j FROM orders ORDER BY _offset"));
        Assert.Equal(["f", "f", "t"], await _schema.RowsAsync("SELECT s IS NULL AND x IS NULL AND j IS NULL FROM orders ORDER BY _offset"));
    }

    [FactWithPostgres]
    public async Task Commit_of_random_decimals_of_every_shape_is_read_back()
    {
        output.WriteLine(TestSeed.Text);
        var random = new Random(TestSeed.Value);
        (int Precision, int Scale)[] shapes = [(1, 0), (1, 1), (4, 4), (5, 2), (9, 9), (12, 2), (18, 0), (18, 1), (18, 18), (19, 3), (28, 7), (38, 0), (38, 10), (38, 37), (38, 38)];
        var table = Table([.. shapes.Select((shape, i) => Column($"m{i}", ColumnKind.Decimal, shape.Precision, shape.Scale))]);
        await using var sink = await _schema.OpenAsync(table, started: true);
        var values = Enumerable.Range(0, 300).Select(_ => shapes.Select(shape => Decimal(random, shape.Precision)).ToArray()).ToArray();

        await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, [.. values.Select(row => row.Select(value => (object?)value).ToArray())])], Move(0, 300)), default);

        var expected = values.Select(row => string.Join('|', row.Select((value, i) => Text(value, shapes[i].Scale))));
        Assert.Equal(expected, await _schema.RowsAsync($"SELECT {string.Join(", ", table.Columns.Select(column => column.Name))} FROM orders ORDER BY _offset"));
    }

    [FactWithPostgres]
    public async Task Commit_into_wider_and_other_columns_that_take_every_value_is_read_back()
    {
        var table = Table(Column("i", ColumnKind.Int), Column("f", ColumnKind.Float), Column("m", ColumnKind.Decimal, 5, 2), Column("j", ColumnKind.Json), Column("t", ColumnKind.Json), Column("ts", ColumnKind.Timestamp), Column("s", ColumnKind.String));
        await _schema.RunAsync("CREATE TABLE orders (own text DEFAULT 'mine', s varchar(9), ts timestamp, t text, j jsonb, m numeric, f float8, i bigint, _timestamp timestamp, _offset bigint NOT NULL, _partition bigint, _topic varchar(20), n bigserial)");
        await using var sink = await _schema.OpenAsync(table, started: true);

        await sink.CommitAsync(Commit("b1", [Rows.Block(table, 7, [[-5, 0.25f, (Int128)(-12345), "{\"b\":1,  \"a\":2}", "[ ]", 0L, "text"], new object?[7]])], Move(0, 9)), default);

        Assert.Equal(["mine|text|1970-01-01 00:00:00|[ ]|{\"a\": 2, \"b\": 1}|-123.45|0.25|-5|2023-11-14 22:13:27.000007|7|0|events|1", "mine||||||||2023-11-14 22:13:28.000008|8|0|events|2"],
            await _schema.RowsAsync("SELECT * FROM orders ORDER BY _offset"));
    }

    [FactWithPostgres]
    public async Task Commit_of_more_rows_than_are_encoded_at_a_time_and_of_large_values_is_whole()
    {
        var table = Table(Column("s", ColumnKind.String));
        await using var sink = await _schema.OpenAsync(table, started: true);
        var rows = Enumerable.Range(0, 10_000).Select(i => new object?[] { i % 7 == 0 ? null : new string((char)('a' + i % 26), i == 5_000 ? 3_000_000 : i % 50) }).ToArray();

        var result = await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, rows)], Move(0, 10_000)), default);

        Assert.True(result.BytesWritten > 3_000_000);
        Assert.Equal(rows.Select((row, i) => row[0] is string text ? $"{i}|{text.Length}|{(text.Length == 0 ? "" : text[..1])}" : $"{i}||"),
            await _schema.RowsAsync("SELECT _offset, length(s), left(s, 1) FROM orders ORDER BY _offset"));
        Assert.Equal(["t"], await _schema.RowsAsync($"SELECT s = repeat('{(char)('a' + 5_000 % 26)}', 3000000) FROM orders WHERE _offset = 5000"));
    }

    [FactWithPostgres]
    public async Task Commit_without_metadata_columns_and_with_hostile_names_is_read_back()
    {
        var table = Table(Column("select", ColumnKind.Long), Column("a \"b\", c); DROP TABLE x; --", ColumnKind.Long), Column("ÄÖ", ColumnKind.Long)) with { Metadata = false };
        await using var sink = await _schema.OpenAsync(table, started: true, name: "\"Shop.1\".\"or \"\"ders\"\"\"");

        Assert.True((await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, [[1L, 2L, 3L]])], Move(0, 1)), default)).Committed);

        Assert.Equal(["1|2|3"], await server.RowsAsync("SELECT \"select\", \"a \"\"b\"\", c); DROP TABLE x; --\", \"ÄÖ\" FROM \"Shop.1\".\"or \"\"ders\"\"\""));
        await server.RunAsync("DROP SCHEMA \"Shop.1\" CASCADE");
    }

    [FactWithPostgres]
    public async Task Commit_to_a_partitioned_table_reaches_its_partitions()
    {
        await _schema.RunAsync("CREATE TABLE orders (id bigint) PARTITION BY RANGE (id); CREATE TABLE low PARTITION OF orders FOR VALUES FROM (0) TO (3); CREATE TABLE high PARTITION OF orders FOR VALUES FROM (3) TO (10)");
        await using var sink = await _schema.OpenAsync(started: true);

        Assert.True((await sink.CommitAsync(Commit("b1", [IdRows(0, 5)], Move(0, 5)), default)).Committed);

        Assert.Equal(["0", "1", "2"], await _schema.RowsAsync("SELECT _offset FROM low ORDER BY id"));
        Assert.Equal(["3", "4"], await _schema.RowsAsync("SELECT _offset FROM high ORDER BY id"));
    }

    private static Int128 Decimal(Random random, int precision)
    {
        var most = Int128.Parse(new string('9', precision), CultureInfo.InvariantCulture);
        var magnitude = random.Next(5) switch { 0 => most, 1 => 0, 2 => (Int128)random.Next(10) % (most + 1), 3 => most / 10_000, _ => most / (random.Next(1, 1 << 20) + (Int128)1) };
        return random.Next(2) == 0 ? magnitude : -magnitude;
    }

    private static string Text(Int128 unscaled, int scale)
    {
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (unscaled < 0 ? "-" : "") + (scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}");
    }
}
