using TableColumn = Bayou.Sinks.Delta.TableColumn;
using Bayou.Definitions;
using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Partitioned tables: values, folders and files.</summary>
public sealed class PartitionTests
{
    private static readonly string LongText = new('x', 300);

    [FactWithLake]
    public async Task Commit_of_a_partitioned_table_is_read_by_delta_rs_and_by_the_reader()
    {
        using var folder = new TableFolder();
        var table = Table(
            Column("id", ColumnKind.Long), Column("day", ColumnKind.Date), Column("city", ColumnKind.String), Column("note", ColumnKind.String), Column("never", ColumnKind.Double));
        object?[][] values =
        [
            [1L, 19_000, "São Paulo/100%", "a", null],
            [2L, 19_001, null, null, null],
            [3L, 19_000, "São Paulo/100%", null, null],
            [4L, null, "a=b?c#d", "dd", null],
            [5L, 19_001, null, "e", null],
            [6L, null, LongText, "f", null],
        ];
        await using var sink = Sink(folder, table, partitionBy: ["day", "city"]);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);

        var result = await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, values)], Move(0, 6)), default);

        Assert.Equal(4, result.FilesWritten);
        Assert.Equal(
            ["""{"id": 1, "day": "2022-01-08", "city": "S\u00e3o Paulo/100%", "note": "a", "_offset": 0, "never": null}""",
             """{"id": 2, "day": "2022-01-09", "city": null, "note": null, "_offset": 1, "never": null}""",
             """{"id": 3, "day": "2022-01-08", "city": "S\u00e3o Paulo/100%", "note": null, "_offset": 2, "never": null}""",
             """{"id": 4, "day": null, "city": "a=b?c#d", "note": "dd", "_offset": 3, "never": null}""",
             """{"id": 5, "day": "2022-01-09", "city": null, "note": "e", "_offset": 4, "never": null}""",
             $$"""{"id": 6, "day": null, "city": "{{LongText}}", "note": "f", "_offset": 5, "never": null}"""],
            DeltaLake.Sql(folder, "SELECT id, day, city, note, _offset, never FROM t ORDER BY id"));
        var read = DeltaTableReader.Open(folder.Path).Read("id", "day", "city", "note")
            .SelectMany(rows => Enumerable.Range(0, rows.Count).Select(row => string.Join('|', rows.Columns.Select(column => column.Value(row)))));
        Assert.Equal(
            ["1|01/08/2022|São Paulo/100%|a", "2|01/09/2022||", "3|01/08/2022|São Paulo/100%|", "4||a=b?c#d|dd", "5|01/09/2022||e", $"6||{LongText}|f"], read.Order());
        Assert.Equal(
            ["day=2022-01-08/city=S%C3%A3o%20Paulo%2F100%25", "day=2022-01-09/city=__HIVE_DEFAULT_PARTITION__", "day=__HIVE_DEFAULT_PARTITION__/city=a%3Db%3Fc%23d"],
            folder.DataFiles.Select(file => Path.GetDirectoryName(file)!).Where(file => file.Length < 200).Order());
    }

    [FactWithLake]
    public async Task Commit_partitioned_by_every_supported_kind_is_read_by_delta_rs()
    {
        using var folder = new TableFolder();
        var table = Table(
            Column("v", ColumnKind.Int), Column("s", ColumnKind.String), Column("i", ColumnKind.Int), Column("l", ColumnKind.Long), Column("b", ColumnKind.Bool),
            Column("d", ColumnKind.Date), Column("m", ColumnKind.Decimal, 20, 3));
        await using var sink = Sink(folder, table, partitionBy: ["s", "i", "l", "b", "d", "m"]);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);

        await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, [[7, "x", -1, 5_000_000_000L, true, 0, (Int128)(-1500)], [8, "", null, null, null, null, null]])], Move(0, 2)), default);

        Assert.Equal(
            ["""{"v": 7, "s": "x", "i": -1, "l": 5000000000, "b": true, "d": "1970-01-01", "m": "-1.500"}""",
             """{"v": 8, "s": null, "i": null, "l": null, "b": null, "d": null, "m": null}"""],
            DeltaLake.Sql(folder, "SELECT v, s, i, l, b, d, CAST(m AS VARCHAR) m FROM t ORDER BY v"));
        var first = DeltaTableReader.Open(folder.Path).Read("v", "s", "i", "l", "b", "d", "m").First();
        Assert.Equal([7, "x", -1, 5_000_000_000L, true, new DateOnly(1970, 1, 1), "-1.500"], first.Columns.Select(column => column.Value(0)));
    }

    [Fact]
    public void Group_keeps_runs_and_gathers_scattered_rows()
    {
        var table = Table(Column("k", ColumnKind.String));
        var block = Rows.Block(table, 0, [["skipped"], ["a"], ["a"], ["b"], ["a"]], firstRow: 1);

        var groups = RowPartitioner.Group([block], [new TableColumn("k", new ColumnType(ColumnKind.String), 0)]);

        Assert.Equal(["a", "b"], groups.Select(group => group.Values[0]));
        Assert.Equal([1, 2, 4], groups[0].Rows.Single().Indexes!);
        Assert.Equal((3, 1, true), (groups[1].Rows.Single().First, groups[1].Rows.Single().Count, groups[1].Rows.Single().Indexes is null));
    }

    [Fact]
    public void Group_does_not_mistake_values_that_look_alike_when_joined()
    {
        var table = Table(Column("k", ColumnKind.String), Column("l", ColumnKind.String));
        TableColumn[] columns = [new("k", new ColumnType(ColumnKind.String), 0), new("l", new ColumnType(ColumnKind.String), 1)];

        var groups = RowPartitioner.Group([Rows.Block(table, 0, [["a1:b", "c"], ["a", "b1:c"], [null, "-"], ["-", null]])], columns);

        Assert.Equal(4, groups.Count);
    }

    [Theory]
    [InlineData("plain", "k=plain/")]
    [InlineData("a b", "k=a%20b/")]
    [InlineData("ü", "k=%C3%BC/")]
    [InlineData("..", "k=../")]
    [InlineData(null, "k=__HIVE_DEFAULT_PARTITION__/")]
    public void Folder_escapes_what_file_systems_and_uris_may_take_amiss(string? value, string folder)
    {
        TableColumn[] columns = [new("k", new ColumnType(ColumnKind.String), 0)];

        Assert.Equal(folder, PartitionPath.Folder(columns, [value]));
    }

    [Fact]
    public void Folder_of_long_values_is_short_and_its_own()
    {
        TableColumn[] columns = [new("k", new ColumnType(ColumnKind.String), 0)];

        var one = PartitionPath.Folder(columns, [new string('a', 500) + "1"]);
        var two = PartitionPath.Folder(columns, [new string('a', 500) + "2"]);

        Assert.Equal((201, 201), (one.Length, two.Length));
        Assert.NotEqual(one, two);
    }

    [Theory]
    [InlineData("k=a%20b/part-0.parquet", "k=a%2520b/part-0.parquet")]
    [InlineData("part-0.parquet", "part-0.parquet")]
    public void ToUri_encodes_the_percent_signs_of_folders(string path, string uri)
    {
        Assert.Equal(uri, PartitionPath.ToUri(path));
        Assert.Equal(path, Uri.UnescapeDataString(uri));
    }
}
