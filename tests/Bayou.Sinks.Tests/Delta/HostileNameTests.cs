using System.Text.Json;
using Bayou.Definitions;
using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Partition values and column names that escape badly, read back by this library, by delta-rs, and their files by DuckDB.</summary>
public sealed class HostileNameTests : IDisposable
{
    private static readonly string[] Hostile =
    [
        "a/b", "../../etc/passwd", "..", ".", "/", "\\", "%", "%2F", "%252F", "a%20b", "a b", " lead", "trail ", "a=b", "a:b*c?d\"e<f>g|h", "#frag", "?q=1", "&", "+", "'", "`", "{}[]", "~", "\t", "\n", "\u0001", "\u007F",
        "__HIVE_DEFAULT_PARTITION__", "null", "a\0b", "é", "e\u0301", "日本", "\uFFFD", "\uFFFE", char.ConvertFromUtf32(0x1F600), char.ConvertFromUtf32(0x20BB7), char.ConvertFromUtf32(0x10FFFF), new string('ü', 150), new string('x', 5000),
    ];

    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWithLake]
    public async Task Commit_of_hostile_partition_values_is_read_back_as_they_are()
    {
        var table = Table(Column("id", ColumnKind.Long), Column("k", ColumnKind.String));
        await Write(table, [.. Hostile.Select((value, i) => new object?[] { (long)i, value })], "k");

        Assert.Equal(Hostile, Read("id", "k").OrderBy(row => (long)row[0]!).Select(row => row[1]));
        Assert.Equal(Hostile, Lake.Run("sql", "SELECT k FROM t ORDER BY id", $"t={_folder.Path}").Select(row => row.GetProperty("k").GetString()));
        Assert.All(_folder.DataFiles, file => Assert.Matches("^k=[A-Za-z0-9._%-]+/part-[a-z0-9.-]+$", file));
        // A value leads to its own file, by whatever reader prunes partitions.
        var some = Hostile.Where(value => !value.Contains('\0')).ToArray();
        var found = Lake.Run("sql", string.Join(" UNION ALL ", some.Select((value, i) => $"SELECT {i} i, (SELECT count(*) FROM t WHERE k = '{value.Replace("'", "''", StringComparison.Ordinal)}') n")), $"t={_folder.Path}");
        Assert.All(found, row => Assert.True(row.GetProperty("n").GetInt32() == 1, some[row.GetProperty("i").GetInt32()]));
        Assert.Equal(some.Length, found.Count);
    }

    [FactWithLake]
    public async Task Commit_partitioned_by_instants_and_days_is_read_back()
    {
        long[] instants = [0, -1, 1_700_000_000_123_456, -62_135_596_800_000_000, 253_402_300_799_999_999];
        int[] days = [0, -1, 19_000, -719_162, 2_932_896];
        var table = Table(Column("id", ColumnKind.Long), Column("at", ColumnKind.Timestamp), Column("day", ColumnKind.Date));
        await Write(table, [.. instants.Select((at, i) => new object?[] { (long)i, at, days[i] }), [5L, null, null]], "at", "day");

        var rows = DeltaTableReader.Open(_folder.Path).Read("id", "at", "day").Select(rows => (Id: rows.Columns[0].Fixed<long>()[0], At: rows.Columns[1].IsNull(0) ? (long?)null : rows.Columns[1].Fixed<long>()[0], Day: rows.Columns[2].IsNull(0) ? (int?)null : rows.Columns[2].Fixed<int>()[0]));
        Assert.Equal([.. instants.Select((at, i) => ((long)i, (long?)at, (int?)days[i])), (5L, null, null)], rows.OrderBy(row => row.Id));
        Assert.Equal(
            [.. instants.Select((at, i) => $$"""{"id": {{i}}, "at": {{at}}, "day": {{days[i]}}}"""), """{"id": 5, "at": null, "day": null}"""],
            DeltaLake.Sql(_folder, "SELECT id, arrow_cast(at, 'Int64') at, arrow_cast(day, 'Int32') AS \"day\" FROM t ORDER BY id"));
    }

    [FactWithLake]
    public async Task Commit_of_hostile_column_names_is_read_by_all()
    {
        string[] names = ["a.b", "a`b", "a'b", "a\"b", "a\\b", "a/b", "%20", "#", "ü", "日本", char.ConvertFromUtf32(0x20BB7), "select", "1", "-", "add", "\u007F", new string('n', 1000)];
        var table = Table([.. names.Select(name => Column(name, ColumnKind.String))]);
        await Write(table, [[.. names.Select(name => "value of " + name)], new object?[names.Length]]);

        Assert.Equal([names.Select(name => "value of " + name), names.Select(_ => (object?)null)], Read(names));
        var delta = Lake.Run("sql", "SELECT * FROM t ORDER BY _offset", $"t={_folder.Path}");
        var parquet = Lake.Scan($"SELECT * EXCLUDE (_timestamp) FROM read_parquet('{_folder.Path}/*.parquet') ORDER BY _offset");
        foreach (var rows in new[] { delta, parquet })
            Assert.All(names, name => Assert.Equal(("value of " + name, JsonValueKind.Null), (rows[0].GetProperty(name).GetString(), rows[1].GetProperty(name).ValueKind)));
    }

    [FactWithLake]
    public async Task Commit_without_rows_makes_a_table_that_all_read_as_empty()
    {
        await Write(Table([.. RandomColumn.All.Select(column => column.Definition)]), [], "s");

        Assert.Empty(_folder.DataFiles);
        Assert.Empty(Read("s", "none"));
        Assert.Equal("""{"n": 0, "s": null}""", DeltaLake.Sql(_folder, "SELECT count(*) n, max(s) s FROM t").Single());
        Assert.Equal((0, 16), (DeltaLake.Info(_folder).GetProperty("files").GetInt32(), DeltaLake.Info(_folder).GetProperty("schema").GetArrayLength()));
    }

    private async Task Write(TableDefinition table, object?[][] rows, params string[] partitionBy)
    {
        await using var sink = Sink(_folder, table, partitionBy: partitionBy);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        if (rows.Length > 0) await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, rows)], Move(0, rows.Length)), default);
    }

    private object?[][] Read(params string[] names) =>
    [
        .. DeltaTableReader.Open(_folder.Path).Read(names).SelectMany(rows => Enumerable.Range(0, rows.Count).Select(row => rows.Columns.Select(column => column.Value(row)).ToArray())),
    ];
}
