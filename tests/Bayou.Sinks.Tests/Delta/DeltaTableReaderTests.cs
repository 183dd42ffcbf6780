using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>The reader's answers about what is not there or cannot be read.</summary>
public sealed class DeltaTableReaderTests : IDisposable
{
    private const string Base = """
        {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":["deletionVectors"]}}
        {"metaData":{"id":"t","format":{"provider":"parquet","options":{}},"schemaString":"{\"type\":\"struct\",\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"struct\",\"fields\":[]},\"nullable\":true,\"metadata\":{}}]}","partitionColumns":[],"configuration":{}}}
        """;

    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_tells_version_columns_properties_and_cursors()
    {
        await using var sink = Sink(_folder, Ids());
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 4)), default);

        var reader = DeltaTableReader.Open(_folder.Path);

        Assert.Equal(0, reader.Version);
        Assert.Equal(["_topic string", "_partition integer", "_offset long", "_timestamp timestamp", "id long"], reader.Columns.Select(column => $"{column.Name} {column.TypeName}"));
        Assert.Equal(4, reader.Transactions["shop/orders/events@1-0"]);
        Assert.Equal("""{"version":1,"fingerprint":"f1"}""", reader.Properties["bayou.shop/orders.definition"]);
        Assert.Equal("""[{"topic":"events","generation":1,"clusterId":"c1"}]""", reader.Properties["bayou.shop/orders.sources"]);
        Assert.Empty(reader.Files);
        Assert.True(DeltaTableReader.Exists(_folder.Path));
    }

    [Fact]
    public void Open_of_no_table_is_fatal()
    {
        var exception = Assert.Throws<SinkException>(() => DeltaTableReader.Open(_folder.Path));

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
        Assert.Contains("There is no Delta table at", exception.Message, StringComparison.Ordinal);
        Assert.False(DeltaTableReader.Exists(_folder.Path));
        Assert.False(DeltaTableReader.Exists(Path.Combine(_folder.Path, "missing")));
    }

    [Fact]
    public void Open_with_deletion_vectors_is_fatal_only_where_one_is_used()
    {
        _folder.WriteLog(0, Base);
        Assert.Empty(DeltaTableReader.Open(_folder.Path).Files);
        _folder.WriteLog(1, """{"add":{"path":"a.parquet","partitionValues":{},"size":1,"modificationTime":1,"dataChange":true,"deletionVector":{"storageType":"u","pathOrInlineDv":"x","sizeInBytes":1,"cardinality":1}}}""");

        var exception = Assert.Throws<SinkException>(() => DeltaTableReader.Open(_folder.Path));

        Assert.Contains("deletion vector", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_a_column_that_is_missing_or_nested_is_fatal()
    {
        _folder.WriteLog(0, Base);
        var reader = DeltaTableReader.Open(_folder.Path);

        Assert.Contains("has no column b", Assert.Throws<SinkException>(() => reader.Read("b")).Message, StringComparison.Ordinal);
        Assert.Contains("is of type {\"type\":\"struct\"", Assert.Throws<SinkException>(() => reader.Read("a")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_of_a_file_that_is_gone_or_damaged_is_transient()
    {
        await using var sink = Sink(_folder, Ids());
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        await sink.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default);
        var file = Path.Combine(_folder.Path, _folder.DataFiles.Single());
        var reader = DeltaTableReader.Open(_folder.Path);

        File.WriteAllBytes(file, [1, 2, 3]);
        var damaged = Assert.Throws<SinkException>(() => reader.Read("id").ToList());
        File.Delete(file);
        var gone = Assert.Throws<SinkException>(() => reader.Read("id").ToList());

        Assert.Equal((SinkErrorKind.Transient, SinkErrorKind.Transient), (damaged.Kind, gone.Kind));
        Assert.Contains("of version 1", gone.Message, StringComparison.Ordinal);
    }
}
