using Bayou.Definitions;
using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Rows that meet a table which is there already.</summary>
public sealed class SchemaTests : IDisposable
{
    private const string Protocol = """{"protocol":{"minReaderVersion":1,"minWriterVersion":2}}""";
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commit_adds_columns_that_the_table_lacks_and_keeps_the_others()
    {
        WriteTable("""{"name":"id","type":"long","nullable":true,"metadata":{"comment":"ours"}},{"name":"theirs","type":{"type":"array","elementType":"string","containsNull":true},"nullable":true,"metadata":{}}""");
        await using var sink = Sink(_folder, Ids());
        await sink.OpenAsync(default);

        await sink.CommitAsync(Start(Move(null, 0)), default);

        var table = DeltaTableReader.Open(_folder.Path);
        Assert.Equal(["id", "theirs", "_topic", "_partition", "_offset", "_timestamp"], table.Columns.Select(column => column.Name));
        Assert.Equal("kept", table.Properties["someone.else"]);
        Assert.Contains("""\"metadata\":{\"comment\":\"ours\"}""", _folder.ReadLog(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_adds_generation_when_a_second_generation_commits()
    {
        await using var sink = Sink(_folder, Ids());
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        await sink.CommitAsync(Commit("b1", [IdRows(0, 1)], Move(0, 1)), default);
        Assert.Null(DeltaTableReader.Open(_folder.Path).Find("_generation"));

        await sink.CommitAsync(Commit("b2", [IdRows(0, 1, generation: 2)], Move(null, 1, generation: 2)), default);
        await sink.CommitAsync(Commit("b3", [IdRows(1, 1)], Move(1, 2)), default);

        var table = DeltaTableReader.Open(_folder.Path);
        Assert.Equal("_generation", table.Columns[^1].Name);
        Assert.Equal([null, 2, 1], table.Read("_generation").Select(rows => rows.Columns[0].Value(0)));
    }

    [Fact]
    public async Task Commit_races_a_foreign_schema_change_and_keeps_both()
    {
        var table = Table(Column("id", ColumnKind.Long), Column("more", ColumnKind.String));
        await using var first = Sink(_folder, Ids());
        await first.OpenAsync(default);
        await first.CommitAsync(Start(Move(null, 0)), default);
        await using var sink = Sink(_folder, table, storage: storage => storage.BeforeCreate = _ =>
        {
            storage.BeforeCreate = null;
            var snapshot = DeltaTableReader.Open(_folder.Path);
            var properties = string.Join(',', snapshot.Properties.Select(item => $"\"{item.Key}\":{System.Text.Json.JsonSerializer.Serialize(item.Value)}"));
            _folder.WriteLog(1, MetaData("""{"name":"id","type":"long","nullable":true,"metadata":{}},{"name":"foreign","type":"string","nullable":true,"metadata":{}}""", properties));
        });
        await sink.OpenAsync(default);

        var result = await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, [[1L, "x"]])], Move(0, 1)), default);

        Assert.Equal((true, 2), (result.Committed, result.SinkVersion));
        Assert.Equal(["id", "foreign", "_topic", "_partition", "_offset", "_timestamp", "more"], DeltaTableReader.Open(_folder.Path).Columns.Select(column => column.Name));
    }

    [Theory]
    [InlineData("""{"name":"id","type":"string","nullable":true,"metadata":{}}""", "its column id has type string, and the pipeline's has long")]
    [InlineData("""{"name":"ID","type":"long","nullable":true,"metadata":{}}""", "its column ID differs from the pipeline's column id in case only")]
    [InlineData("""{"name":"id","type":"long","nullable":false,"metadata":{}}""", "its column id (type long) must have a value, and the pipeline's column may be null")]
    [InlineData("""{"name":"must","type":"long","nullable":false,"metadata":{}}""", "its column must (type long) must have a value")]
    [InlineData("""{"name":"x","type":"long","nullable":true,"metadata":{"delta.generationExpression":"id"}}""", "its column x has delta.generationExpression")]
    [InlineData("""{"name":"x","type":"long","nullable":true,"metadata":{"delta.invariants":"{}"}}""", "its column x has delta.invariants")]
    public async Task Open_with_a_column_that_does_not_agree_is_fatal(string field, string message)
    {
        WriteTable(field);
        await using var sink = Sink(_folder, Ids());

        var exception = await Assert.ThrowsAsync<SinkException>(() => sink.OpenAsync(default));

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"minReaderVersion":4,"minWriterVersion":7}""", "reader version 4")]
    [InlineData("""{"minReaderVersion":1,"minWriterVersion":8}""", "writer version 8")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["v2Checkpoint"],"writerFeatures":["v2Checkpoint"]}""", "table feature v2Checkpoint")]
    [InlineData("""{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":["deletionVectors"]}""", "table feature deletionVectors, which is not supported for writing")]
    [InlineData("""{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["appendOnly","rowTracking"]}""", "table feature rowTracking")]
    public async Task Open_with_an_unknown_protocol_is_fatal(string protocol, string message)
    {
        _folder.WriteLog(0, $$"""{"protocol":{{protocol}}}""", MetaData("""{"name":"id","type":"long","nullable":true,"metadata":{}}"""));
        await using var sink = Sink(_folder, Ids());

        var exception = await Assert.ThrowsAsync<SinkException>(() => sink.OpenAsync(default));

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"delta.setTransactionRetentionDuration\":\"interval 7 days\"", "delta.setTransactionRetentionDuration = interval 7 days")]
    [InlineData("\"delta.constraints.positive\":\"id > 0\"", "check constraint delta.constraints.positive")]
    [InlineData("\"delta.columnMapping.mode\":\"name\"", "delta.columnMapping.mode = name")]
    public async Task Open_with_a_property_that_forbids_it_is_fatal(string property, string message)
    {
        _folder.WriteLog(0, Protocol, MetaData("""{"name":"id","type":"long","nullable":true,"metadata":{}}""", property));
        await using var sink = Sink(_folder, Ids());

        var exception = await Assert.ThrowsAsync<SinkException>(() => sink.OpenAsync(default));

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_with_features_that_the_table_does_not_use_goes_through()
    {
        _folder.WriteLog(0,
            """{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["timestampNtz"],"writerFeatures":["timestampNtz","appendOnly","invariants","checkConstraints","changeDataFeed","generatedColumns"]}}""",
            MetaData("""{"name":"id","type":"long","nullable":true,"metadata":{}}"""));
        await using var sink = Sink(_folder, Ids());

        await sink.OpenAsync(default);

        Assert.True((await sink.CommitAsync(Start(Move(null, 0)), default)).Committed);
    }

    [Fact]
    public async Task Open_with_another_partitioning_is_fatal()
    {
        var table = Table(Column("id", ColumnKind.Long), Column("day", ColumnKind.Date));
        await using var sink = Sink(_folder, table, partitionBy: "day");
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        await using var other = Sink(_folder, table);

        var exception = await Assert.ThrowsAsync<SinkException>(() => other.OpenAsync(default));

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
        Assert.Contains("it is partitioned by day, and the pipeline file says partitionBy: nothing", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commit_without_metadata_columns_writes_the_tables_own_only()
    {
        var table = Ids() with { Metadata = false };
        await using var sink = Sink(_folder, table);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);

        await sink.CommitAsync(Commit("b1", [IdRows(7, 1, generation: 2)], Move(0, 8)), default);

        var read = DeltaTableReader.Open(_folder.Path);
        Assert.Equal(["id"], read.Columns.Select(column => column.Name));
        Assert.Equal(7L, read.Read("id").Single().Columns[0].Value(0));
    }

    private void WriteTable(string fields) => _folder.WriteLog(0, Protocol, MetaData(fields, "\"someone.else\":\"kept\""));

    private static string MetaData(string fields, string properties = "")
    {
        var schema = System.Text.Json.JsonSerializer.Serialize("""{"type":"struct","fields":[""" + fields + "]}");
        return """{"metaData":{"id":"t1","format":{"provider":"parquet","options":{}},"schemaString":""" + schema
            + ""","partitionColumns":[],"configuration":{""" + properties + """},"createdTime":1}}""";
    }
}
