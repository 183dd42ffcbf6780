using System.Text.Json;
using Bayou.Definitions;
using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>What another writer does to the table, before a commit or between its data files and its log entry: followed, fenced or refused, and never a row lost or doubled.</summary>
public sealed class ConcurrentWriterTests : IDisposable
{
    private const string Id = """{"name":"id","type":"long","nullable":true,"metadata":{}}""";
    private const string Mine = "shop/orders/events@1-0";
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWithLake]
    public async Task Commit_that_loses_to_each_operation_of_delta_rs_follows_it()
    {
        string[] operations =
        [
            "from arro3.core import Array, DataType, Field, Schema, Table; write_deltalake(t, Table.from_arrays([Array([-7], DataType.int64())], schema=Schema([Field('id', DataType.int64())])), mode='append', schema_mode='merge')",
            "t.optimize.compact(writer_properties=W(compression='SNAPPY'))",
            "t.delete('_offset = 1', writer_properties=W(compression='SNAPPY'))",
            "t.delete('_offset = 2', writer_properties=W(compression='SNAPPY'))",
            "t.alter.add_columns([F('theirs', P('string'))])",
            "t.alter.set_table_properties({'delta.checkpointInterval': '7'})",
            "t.alter.set_table_properties({'delta.appendOnly': 'true'})",
        ];
        await CreateTable();

        for (var i = 0; i < operations.Length; i++)
        {
            var operation = operations[i];
            await using var sink = RacedBy(() => DeltaLake.Python(_folder,
                $"import sys; from deltalake import DeltaTable, Field as F, WriterProperties as W, write_deltalake; from deltalake.schema import PrimitiveType as P; t = DeltaTable(sys.argv[1]); {operation}"));
            var before = DeltaTableReader.Open(_folder.Path).Version;

            var result = await sink.CommitAsync(Commit($"b{i}", [IdRows(i * 2, 2)], Move(i * 2, i * 2 + 2)), default);

            Assert.Equal((true, before + 2), (result.Committed, result.SinkVersion));
        }

        Assert.Equal(["-7", "0", .. Enumerable.Range(3, 11).Select(id => $"{id}")], StoredIds());
        var table = DeltaTableReader.Open(_folder.Path);
        Assert.NotNull(table.Find("theirs"));
        Assert.Equal(("7", "true"), (table.Properties["delta.checkpointInterval"], table.Properties["delta.appendOnly"]));
        Assert.Equal(14, table.Transactions[Mine]);
        Assert.Equal("""{"n": 13, "s": 81}""", DeltaLake.Sql(_folder, "SELECT count(*) n, sum(id) s FROM t").Single());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_beside_the_removal_of_files_that_it_never_read_goes_through(bool inRace)
    {
        await CreateTable();
        await using (var first = await OpenSink()) await first.CommitAsync(Commit("b0", [IdRows(0, 3)], Move(0, 3)), default);
        var removed = _folder.DataFiles.Single();
        await using var sink = await OtherWriter(inRace, () => Append($$$"""{"remove":{"path":"{{{removed}}}","deletionTimestamp":1741064767000,"dataChange":true}}"""));

        var result = await sink.CommitAsync(Commit("b1", [IdRows(3, 2)], Move(3, 5)), default);

        Assert.Equal((true, 3), (result.Committed, result.SinkVersion));
        Assert.Equal(Ledger.Range(0, 3, 2), Ledger.Offsets(_folder));
    }

    [Theory]
    [InlineData(true, """{"minReaderVersion":4,"minWriterVersion":7}""", "reader version 4")]
    [InlineData(false, """{"minReaderVersion":4,"minWriterVersion":7}""", "reader version 4")]
    [InlineData(true, """{"minReaderVersion":1,"minWriterVersion":8}""", "writer version 8")]
    [InlineData(false, """{"minReaderVersion":1,"minWriterVersion":8}""", "writer version 8")]
    [InlineData(true, """{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["appendOnly","rowTracking"]}""", "table feature rowTracking")]
    [InlineData(false, """{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":["deletionVectors"]}""", "table feature deletionVectors")]
    [InlineData(true, """{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["catalogManaged"],"writerFeatures":["catalogManaged"]}""", "table feature catalogManaged")]
    public async Task Commit_to_a_table_that_was_upgraded_beyond_it_is_fatal_and_writes_nothing(bool inRace, string protocol, string message)
    {
        await CreateTable();
        await using var sink = await OtherWriter(inRace, () => Append($$$"""{"protocol":{{{protocol}}} }"""));

        var exception = await Assert.ThrowsAsync<SinkException>(() => sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default));

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(["00000000000000000000.json", "00000000000000000001.json"], _folder.LogFiles);
        Assert.Empty(_folder.DataFiles);
    }

    [Theory]
    [InlineData("""{"name":"id","type":"string","nullable":true,"metadata":{}}""", "", "", "its column id has type string")]
    [InlineData("""{"name":"ID","type":"long","nullable":true,"metadata":{}}""", "", "", "differs from the pipeline's column id in case only")]
    [InlineData("""{"name":"id","type":"long","nullable":false,"metadata":{}}""", "", "", "must have a value")]
    [InlineData(Id, "\"id\"", "", "it is partitioned by id")]
    [InlineData(Id, "", ",\"delta.constraints.c\":\"id > 0\"", "check constraint delta.constraints.c")]
    [InlineData(Id, "", ",\"delta.setTransactionRetentionDuration\":\"interval 1 day\"", "delta.setTransactionRetentionDuration = interval 1 day")]
    [InlineData(Id, "", ",\"delta.columnMapping.mode\":\"name\"", "delta.columnMapping.mode = name")]
    public async Task Commit_that_loses_to_a_change_that_its_rows_do_not_fit_is_fatal_and_leaves_no_file(string fields, string partitionBy, string property, string message)
    {
        await CreateTable();
        await using var sink = RacedBy(() => Append(MetaData("t1", fields, partitionBy, OwnProperties() + property)));

        var exception = await Assert.ThrowsAsync<SinkException>(() => sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default));

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(["00000000000000000000.json", "00000000000000000001.json"], _folder.LogFiles);
        Assert.Empty(_folder.DataFiles);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_to_a_table_that_was_replaced_is_fatal_and_names_it(bool inRace)
    {
        await CreateTable();
        await using var sink = await OtherWriter(inRace, () => Append(MetaData("another", Id, "", "")));

        var exception = await Assert.ThrowsAsync<SinkException>(() => sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default));
        var reading = await Assert.ThrowsAsync<SinkException>(() => sink.ReadStateAsync(default));

        Assert.Equal((SinkErrorKind.Fatal, SinkErrorKind.Fatal), (exception.Kind, reading.Kind));
        Assert.Contains("The table (id another) has cursors of shop/orders, but not its property bayou.shop/orders.definition", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["00000000000000000000.json", "00000000000000000001.json"], _folder.LogFiles);
        Assert.Empty(_folder.DataFiles);
    }

    [FactWithLake]
    public async Task Commit_to_a_table_that_delta_rs_overwrote_keeps_its_cursor()
    {
        await CreateTable();
        await using var sink = await OpenSink();
        await sink.CommitAsync(Commit("b0", [IdRows(0, 2)], Move(0, 2)), default);
        DeltaLake.Python(_folder, "import sys; from deltalake import write_deltalake; from arro3.core import Array, DataType, Field, Schema, Table; write_deltalake(sys.argv[1], Table.from_arrays([Array([9], DataType.int64())], schema=Schema([Field('id', DataType.int64())])), mode='overwrite', schema_mode='merge')");

        var repeated = await sink.CommitAsync(Commit("again", [IdRows(0, 2)], Move(0, 2)), default);
        var result = await sink.CommitAsync(Commit("b1", [IdRows(2, 1)], Move(2, 3)), default);

        Assert.Equal((false, true), (repeated.Committed, result.Committed));
        Assert.Equal(["2", "9"], StoredIds());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_whose_cursor_is_gone_from_the_log_is_fenced(bool inRace)
    {
        await CreateTable();
        await using var sink = await OtherWriter(inRace, () =>
        {
            var kept = _folder.ReadLog(0).Split('\n').Where(line => !line.StartsWith("{\"txn\"", StringComparison.Ordinal)).ToArray();
            _folder.WriteLog(0, kept);
            _folder.WriteLog(1, """{"commitInfo":{"operation":"REWRITE"}}""");
        });

        var result = await sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default);

        Assert.False(result.Committed);
        Assert.Empty(result.Found!.Cursors);
        Assert.Equal(First, result.Found.Definition);
        Assert.Empty(_folder.DataFiles);
    }

    [Theory]
    [InlineData(true, 7)]
    [InlineData(false, 7)]
    [InlineData(true, -1)]
    public async Task Commit_whose_transaction_id_somebody_else_used_is_fenced(bool inRace, long version)
    {
        await CreateTable();
        await using var sink = await OtherWriter(inRace, () => Append("{\"txn\":{\"appId\":\"" + Mine + "\",\"version\":" + version + "}}"));

        var result = await sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default);

        Assert.False(result.Committed);
        Assert.Equal(version, result.Found!.Cursors[Key()]);
        Assert.Equal(["00000000000000000000.json", "00000000000000000001.json"], _folder.LogFiles);
        Assert.Empty(_folder.DataFiles);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Commit_under_a_definition_that_somebody_else_set_is_fenced(bool inRace)
    {
        await CreateTable();
        await using var sink = await OtherWriter(inRace, () => Append(MetaData("t1", Id, "", """ "bayou.shop/orders.definition":"{\"version\":2,\"fingerprint\":\"theirs\"}" """)));

        var result = await sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default);

        Assert.False(result.Committed);
        Assert.Equal(new DefinitionStamp { Version = 2, Fingerprint = "theirs" }, result.Found!.Definition);
        Assert.Empty(_folder.DataFiles);
    }

    private async Task CreateTable()
    {
        await using var sink = await OpenSink();
        Assert.True((await sink.CommitAsync(Start(Move(null, 0)), default)).Committed);
    }

    private async Task<DeltaSink> OpenSink()
    {
        var sink = Sink(_folder, Ids());
        await sink.OpenAsync(default);
        return sink;
    }

    // A sink before whose next log entry the other writer commits; or one that knew the table before the other writer did.
    private async Task<DeltaSink> OtherWriter(bool inRace, Action other)
    {
        if (inRace) return RacedBy(other);
        var sink = await OpenSink();
        await sink.ReadStateAsync(default);
        other();
        return sink;
    }

    private DeltaSink RacedBy(Action other) => Sink(_folder, Ids(), storage: storage => storage.BeforeCreate = _ =>
    {
        storage.BeforeCreate = null;
        other();
    });

    private void Append(string action) => _folder.WriteLog(_folder.LogFiles.Length, """{"commitInfo":{"operation":"OTHER"}}""", action);

    private string OwnProperties() =>
        string.Join(',', DeltaTableReader.Open(_folder.Path).Properties.Select(item => $"\"{item.Key}\":{JsonSerializer.Serialize(item.Value)}"));

    private string[] StoredIds() =>
    [
        .. DeltaTableReader.Open(_folder.Path).Read("id").SelectMany(rows => rows.Columns[0].Fixed<long>().ToArray()).Order().Select(id => $"{id}"),
    ];

    private static string MetaData(string id, string fields, string partitionBy, string properties)
    {
        var schema = JsonSerializer.Serialize("""{"type":"struct","fields":[""" + fields + "]}");
        return $$$"""{"metaData":{"id":"{{{id}}}","format":{"provider":"parquet","options":{}},"schemaString":{{{schema}}},"partitionColumns":[{{{partitionBy}}}],"configuration":{ {{{properties}}} },"createdTime":1}}""";
    }
}
