using Bayou.Definitions;
using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Tables that delta-rs wrote, or writes to as well.</summary>
public sealed class ForeignTableTests
{
    private const string Create = """
        import sys
        from arro3.core import Array, DataType, Field, Schema, Table
        from deltalake import write_deltalake
        schema = Schema([Field("id", DataType.int64()), Field("name", DataType.utf8()), Field("extra", DataType.float64())])
        table = Table.from_arrays([Array([1, 2], DataType.int64()), Array(["one", None], DataType.utf8()), Array([0.5, 1.5], DataType.float64())], schema=schema)
        write_deltalake(sys.argv[1], table, mode="append")
        """;

    [FactWithLake]
    public async Task Commit_appends_to_a_table_of_delta_rs_and_delta_rs_to_it()
    {
        using var folder = new TableFolder();
        DeltaLake.Python(folder, Create);
        var table = Table(Column("id", ColumnKind.Long), Column("name", ColumnKind.String), Column("added", ColumnKind.Decimal, 9, 2));
        await using var sink = Sink(folder, table);
        await sink.OpenAsync(default);

        await sink.CommitAsync(Start(Move(null, 0)), default);
        await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, [[3L, "three", (Int128)150]])], Move(0, 1)), default);
        DeltaLake.Python(folder, Create.Replace("mode=\"append\"", "mode=\"append\", schema_mode=\"merge\"", StringComparison.Ordinal));
        var result = await sink.CommitAsync(Commit("b2", [Rows.Block(table, 1, [[4L, null, null]])], Move(1, 2)), default);

        Assert.Equal((true, 4), (result.Committed, result.SinkVersion));
        Assert.Equal(
            ["""{"id": 1, "name": "one", "extra": 0.5, "added": null, "_offset": null, "n": 2}""",
             """{"id": 2, "name": null, "extra": 1.5, "added": null, "_offset": null, "n": 2}""",
             """{"id": 3, "name": "three", "extra": null, "added": "1.50", "_offset": 0, "n": 1}""",
             """{"id": 4, "name": null, "extra": null, "added": null, "_offset": 1, "n": 1}"""],
            DeltaLake.Sql(folder, "SELECT id, name, extra, CAST(added AS VARCHAR) added, _offset, count(*) n FROM t GROUP BY id, name, extra, added, _offset ORDER BY id"));
        var reader = DeltaTableReader.Open(folder.Path);
        Assert.Equal(
            ["1|one|0.5|", "1|one|0.5|", "2||1.5|", "2||1.5|", "3|three||0", "4|||1"],
            reader.Read("id", "name", "extra", "_offset")
                .SelectMany(rows => Enumerable.Range(0, rows.Count).Select(row => string.Join('|', rows.Columns.Select(column => column.Value(row))))).Order(StringComparer.Ordinal));
        Assert.Equal(2, reader.Transactions["shop/orders/events@1-0"]);
    }

    [FactWithLake]
    public async Task Commit_goes_on_after_delta_rs_compacted_and_deleted()
    {
        using var folder = new TableFolder();
        await using var sink = Sink(folder, Ids(), checkpointEvery: 4);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        for (var i = 0; i < 2; i++) await sink.CommitAsync(Commit($"b{i}", [IdRows(i * 10, 10)], Move(i * 10, i * 10 + 10)), default);
        DeltaLake.Python(folder, "import sys; from deltalake import DeltaTable, WriterProperties as W; t = DeltaTable(sys.argv[1]); w = W(compression='SNAPPY'); t.optimize.compact(writer_properties=w); t.delete('id = 5', writer_properties=w)");

        var result = await sink.CommitAsync(Commit("b9", [IdRows(20, 1)], Move(20, 21)), default);

        Assert.Equal((true, 5), (result.Committed, result.SinkVersion));
        string[] expected = [.. Ledger.Range(0, 0, 5), .. Ledger.Range(0, 6, 15)];
        Assert.Equal(expected, Ledger.Offsets(folder));
        await sink.CommitAsync(Commit("b10", [IdRows(21, 1)], Move(21, 22)), default);
        await sink.CommitAsync(Commit("b11", [IdRows(22, 1)], Move(22, 23)), default);
        await sink.CommitAsync(Commit("b12", [IdRows(23, 1)], Move(23, 24)), default);
        foreach (var name in folder.LogFiles.Where(name => name.EndsWith(".json", StringComparison.Ordinal) && string.CompareOrdinal(name, "00000000000000000008") < 0))
            File.Delete(Path.Combine(folder.Log, name));
        Assert.Equal([.. expected, .. Ledger.Range(0, 21, 3)], Ledger.Offsets(folder));
        Assert.Equal(["""{"n": 23, "s": 271}"""], DeltaLake.Sql(folder, "SELECT count(*) n, sum(id) s FROM t"));
    }
}
