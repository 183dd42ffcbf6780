using System.Text;
using Bayou.Definitions;
using Bayou.Parquet;
using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>
/// Tables whose log, checkpoint or data files were damaged: opened, or refused with a <see cref="SinkException"/> that names the table; never another exception. <c>BAYOU_FUZZ</c> is how
/// many, 1,000 unless set.
/// </summary>
public sealed class LogFuzzTests : IDisposable
{
    private static readonly int Inputs = int.TryParse(Environment.GetEnvironmentVariable("BAYOU_FUZZ"), out var count) ? count : 1000;
    private const long MostBytes = 64 << 20;
    private static readonly string[] Fragments =
    [
        "null", "{}", "[]", "-1", "1e400", "99999999999999999999", "\"\"", "\"../../x\"", "true", "{\"add\":null}", "\n", "}", "\"", "\\ud800", "\"version\":-9223372036854775808,", "\"deletionVector\":{},",
    ];

    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_and_read_a_damaged_table_is_refused_clearly_or_succeeds()
    {
        var table = Table(Column("id", ColumnKind.Long), Column("k", ColumnKind.String), Column("s", ColumnKind.String));
        await using (var sink = Sink(_folder, table, checkpointEvery: 3, partitionBy: "k"))
        {
            await sink.OpenAsync(default);
            await sink.CommitAsync(Start(Move(null, 0)), default);
            for (var i = 0; i < 5; i++) await sink.CommitAsync(Commit($"b{i}", [Rows.Block(table, i, [[(long)i, "p" + i % 2, "text"]])], Move(i, i + 1)), default);
        }

        string[] files = [.. _folder.LogFiles.Select(name => Path.Combine(_folder.Log, name)), .. _folder.DataFiles.Select(file => Path.Combine(_folder.Path, file))];
        var whole = files.ToDictionary(file => file, File.ReadAllBytes);
        var refused = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var random = new Random(unchecked(TestSeed.Value + i));
            var file = files[random.Next(files.Length)];
            File.WriteAllBytes(file, file.EndsWith(".json", StringComparison.Ordinal) ? DamageText(whole[file], random) : DamageBytes(whole[file], random));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ReadAll();
            }
            catch (SinkException exception)
            {
                refused++;
                Assert.True(exception.Message.Contains(_folder.Path, StringComparison.Ordinal) || exception.Message.Contains("bayou.shop/orders", StringComparison.Ordinal), exception.Message);
            }
            catch (Exception exception)
            {
                Assert.Fail($"{Path.GetFileName(file)}, BAYOU_FUZZ=1 BAYOU_SEED={unchecked(TestSeed.Value + i)}: {exception}");
            }

            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(taken <= MostBytes, $"{Path.GetFileName(file)} took {taken} bytes of memory; BAYOU_FUZZ=1 BAYOU_SEED={unchecked(TestSeed.Value + i)}");
            File.WriteAllBytes(file, whole[file]);
        }

        Assert.True(Inputs < 1000 || refused > Inputs / 20, $"only {refused} were refused. {TestSeed.Text}");
        Assert.Equal(5, ReadAll());
    }

    [Theory]
    [InlineData("../outside.parquet")]
    [InlineData("..%2Foutside.parquet")]
    [InlineData("a/../../outside.parquet")]
    [InlineData("%2E%2E/outside.parquet")]
    [InlineData("/etc/hostname")]
    [InlineData("file:///etc/hostname")]
    [InlineData("http://example.org/x.parquet")]
    [InlineData("a\\u0000b.parquet")]
    [InlineData("")]
    public async Task Read_of_a_file_outside_the_table_is_refused(string path)
    {
        await using var sink = Sink(_folder, Ids());
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        _folder.WriteLog(1, "{\"add\":{\"path\":\"" + path + "\",\"partitionValues\":{},\"size\":1,\"modificationTime\":1,\"dataChange\":true}}");

        var exception = Assert.Throws<SinkException>(() => DeltaTableReader.Open(_folder.Path).Read("id").Count());

        Assert.Equal(SinkErrorKind.Fatal, exception.Kind);
        Assert.Contains("is not within the table's folder", exception.Message, StringComparison.Ordinal);
        Assert.True((await sink.CommitAsync(Commit("b1", [IdRows(0, 1)], Move(0, 1)), default)).Committed);
    }

    [Theory]
    [InlineData("integer", "99999999999")]
    [InlineData("integer", "x")]
    [InlineData("long", "99999999999999999999")]
    [InlineData("decimal(38,0)", "999999999999999999999999999999999999999999")]
    [InlineData("decimal(9,2)", "1.234")]
    [InlineData("decimal(9,2)", "-")]
    [InlineData("date", "10000-01-01")]
    [InlineData("timestamp", "yesterday")]
    [InlineData("double", "one")]
    public async Task Read_of_a_partition_value_of_another_type_is_refused(string type, string value)
    {
        await WriteAllTypes();
        AddColumn("p", type, partition: true);
        var file = DeltaTableReader.Open(_folder.Path).Files.Single().Path;
        _folder.WriteLog(3, $$$$"""{"add":{"path":"{{{{file}}}}","partitionValues":{"p":"{{{{value}}}}"},"size":1,"modificationTime":1,"dataChange":true}}""");

        var exception = Assert.Throws<SinkException>(() => DeltaTableReader.Open(_folder.Path).Read("p").Count());

        Assert.Contains($"reading {file} of version 3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_of_a_column_that_the_file_has_as_another_type_is_refused_or_has_its_rows()
    {
        string[] types = ["string", "integer", "long", "float", "double", "decimal(9,2)", "decimal(18,2)", "decimal(38,2)", "boolean", "timestamp", "date", "binary"];
        await WriteAllTypes();
        foreach (var column in RandomColumn.All)
            foreach (var type in types)
            {
                AddColumn(column.Name, type, partition: false);
                try
                {
                    Assert.Equal(40, DeltaTableReader.Open(_folder.Path).Read(column.Name).Sum(rows => Enumerable.Range(0, rows.Count).Select(rows.Columns[0].Value).Count()));
                }
                catch (SinkException exception)
                {
                    Assert.Contains(".parquet of version 2", exception.Message, StringComparison.Ordinal);
                }
            }
    }

    [Fact]
    public async Task Open_of_a_log_with_a_key_twice_is_refused()
    {
        await WriteAllTypes();
        _folder.WriteLog(2, """{"add":{"path":"a.parquet","partitionValues":{"p":"1","p":"2"},"size":1,"modificationTime":1,"dataChange":true}}""");

        var exception = Assert.Throws<SinkException>(() => DeltaTableReader.Open(_folder.Path));

        Assert.Contains("00000000000000000002.json", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_of_a_checkpoint_with_other_types_is_refused()
    {
        await WriteAllTypes();
        var types = new[] { SchemaNode.String("x", Repetition.Optional), SchemaNode.Int64("x", Repetition.Optional), SchemaNode.Int32("x", Repetition.Optional), SchemaNode.Boolean("x", Repetition.Optional), SchemaNode.Double("x", Repetition.Optional) };
        string[] paths = ["txn.appId", "txn.version", "add.path", "add.size", "add.stats", "remove.path", "remove.extendedFileMetadata", "metaData.id", "metaData.schemaString", "metaData.createdTime", "protocol.minReaderVersion"];
        foreach (var path in paths)
            foreach (var type in types)
            {
                var parts = path.Split('.');
                using (var writer = new ParquetFileWriter(new ParquetSchema(SchemaNode.Group(parts[0], Repetition.Optional, SchemaNode.Leaf(parts[1], Repetition.Optional, type.Physical!.Value, type.Logical, 0)))))
                using (var stream = File.Create(Path.Combine(_folder.Log, "00000000000000000001.checkpoint.parquet")))
                {
                    writer.Begin(stream);
                    switch (type.Physical)
                    {
                        case PhysicalType.ByteArray: writer.Columns[0].AppendEntryBytes("text"u8); break;
                        case PhysicalType.Int64: writer.Columns[0].AppendEntry(7L); break;
                        case PhysicalType.Int32: writer.Columns[0].AppendEntry(7); break;
                        case PhysicalType.Boolean: writer.Columns[0].AppendEntry<byte>(1); break;
                        default: writer.Columns[0].AppendEntry(7.0); break;
                    }

                    writer.Finish();
                }

                Assert.Throws<SinkException>(() => DeltaTableReader.Open(_folder.Path));
            }
    }

    [Fact]
    public async Task Open_of_a_checkpoint_that_claims_more_actions_than_it_can_have_is_refused_in_little_memory()
    {
        await WriteAllTypes();
        WriteNulls(Path.Combine(_folder.Log, "00000000000000000001.checkpoint.parquet"), rows: 20_000_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = Assert.Throws<SinkException>(() => DeltaTableReader.Open(_folder.Path));
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Contains("00000000000000000001.checkpoint.parquet", exception.Message, StringComparison.Ordinal);
        Assert.Contains("claims 20000000 actions in a file of", exception.Message, StringComparison.Ordinal);
        Assert.InRange(taken, 0, 4 << 20);
    }

    [Fact]
    public async Task Open_of_a_checkpoint_whose_maps_have_more_values_than_keys_is_refused()
    {
        await WriteAllTypes();
        var map = SchemaNode.Map("configuration", Repetition.Optional, SchemaNode.String("key", Repetition.Required), SchemaNode.String("value", Repetition.Optional));
        using (var writer = new ParquetFileWriter(new ParquetSchema(SchemaNode.Group("metaData", Repetition.Optional, SchemaNode.String("id", Repetition.Required), map))))
        using (var stream = File.Create(Path.Combine(_folder.Log, "00000000000000000001.checkpoint.parquet")))
        {
            writer.Begin(stream);
            writer.Columns[0].AppendEntryBytes("id"u8);
            writer.Columns[1].AppendEntryBytes("key"u8);
            writer.Columns[2].AppendEntryBytes("value"u8);
            writer.Columns[2].AppendEntryBytes("more"u8, repetition: 1);
            writer.Finish();
        }

        var exception = Assert.Throws<SinkException>(() => DeltaTableReader.Open(_folder.Path));

        Assert.Contains("column metaData.configuration has more values than keys", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_of_a_row_group_with_more_rows_than_memory_is_refused()
    {
        await WriteAllTypes();
        WriteNulls(Path.Combine(_folder.Path, "many.parquet"), rows: (1 << 26) + 1);
        _folder.WriteLog(2, """{"add":{"path":"many.parquet","partitionValues":{},"size":1,"modificationTime":1,"dataChange":true}}""");

        // The file has no such column, so that no byte of it would be read.
        var exception = Assert.Throws<SinkException>(() => DeltaTableReader.Open(_folder.Path).Read("m38").Count());

        Assert.Contains("row group 0 has 67108865 rows, and more than 67108864 are not read at once", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("09223372036854775807.json")]
    [InlineData("09223372036854775807.checkpoint.parquet")]
    [InlineData("99999999999999999999.json")]
    [InlineData("00000000000000000009.checkpoint.0000000001.2147483647.parquet")]
    [InlineData("00000000000000000009.checkpoint.0000000001.9999999999.parquet")]
    [InlineData("00000000000000000009.checkpoint.-1.-1.parquet")]
    [InlineData("-0000000000000000009.json")]
    [InlineData("+0000000000000000009.json")]
    [InlineData("0000000000000000000x.json")]
    [InlineData(".json")]
    [InlineData("_last_checkpoint")]
    [InlineData("00000000000000000009.00000000000000000001.compacted.json")]
    public async Task Commit_beside_a_name_that_is_no_version_goes_on(string name)
    {
        await using var sink = Sink(_folder, Ids());
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        File.WriteAllText(Path.Combine(_folder.Log, name), "{\"version\":99,\"size\":-1}");
        await using var next = Sink(_folder, Ids());
        await next.OpenAsync(default);

        var result = await next.CommitAsync(Commit("b1", [IdRows(0, 2)], Move(0, 2)), default);

        Assert.Equal((true, 1), (result.Committed, result.SinkVersion));
        Assert.Equal(Ledger.Range(0, 0, 2), Ledger.Offsets(_folder));
    }

    [Theory]
    [InlineData("a/b.parquet", "a/b.parquet")]
    [InlineData("k=a%2520b/x.parquet", "k=a%20b/x.parquet")]
    [InlineData("/lake/t/a.parquet", "a.parquet")]
    [InlineData("file:///lake/t/a%20b.parquet", "a b.parquet")]
    [InlineData("file:/lake/t/a.parquet", "a.parquet")]
    [InlineData("k=..x/..a.parquet", "k=..x/..a.parquet")]
    public void Resolve_of_a_file_within_the_table_is_its_path_there(string path, string within) => Assert.Equal(within, DataPath.Resolve(path, "/lake/t"));

    private async Task WriteAllTypes()
    {
        var random = new Random(1);
        var table = Table([.. RandomColumn.All.Select(column => column.Definition)]);
        await using var sink = Sink(_folder, table);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        await sink.CommitAsync(Commit("b1", [Rows.Block(table, 0, [.. Enumerable.Range(0, 40).Select(_ => RandomColumn.All.Select(column => column.Value(random)).ToArray())])], Move(0, 40)), default);
    }

    // Nulls alone, which take no bytes.
    private static void WriteNulls(string path, int rows)
    {
        using var writer = new ParquetFileWriter(new ParquetSchema(SchemaNode.String("x", Repetition.Optional)), new ParquetWriterOptions { PageRows = int.MaxValue });
        using var stream = File.Create(path);
        writer.Begin(stream);
        writer.Columns[0].AppendNulls(rows);
        writer.Finish();
    }

    // The table's schema from now on: a single column.
    private void AddColumn(string name, string type, bool partition)
    {
        var schema = System.Text.Json.JsonSerializer.Serialize($$$"""{"type":"struct","fields":[{"name":"{{{name}}}","type":"{{{type}}}","nullable":true,"metadata":{}}]}""");
        _folder.WriteLog(2, $$$$"""{"metaData":{"id":"t","format":{"provider":"parquet","options":{}},"schemaString":{{{{schema}}}},"partitionColumns":[{{{{(partition ? $"\"{name}\"" : "")}}}}],"configuration":{}}}""");
    }

    private int ReadAll()
    {
        using var sink = new Sinks(Sink(_folder, Table(Column("id", ColumnKind.Long), Column("k", ColumnKind.String), Column("s", ColumnKind.String)), partitionBy: "k"));
        sink.ReadState();
        var table = DeltaTableReader.Open(_folder.Path);
        return table.Read([.. table.Columns.Select(column => column.Name)]).Sum(rows => rows.Count);
    }

    private static byte[] DamageBytes(byte[] whole, Random random)
    {
        var damaged = whole.ToArray();
        if (random.Next(8) == 0) return damaged[..random.Next(damaged.Length)];
        for (var changes = random.Next(1, 6); changes > 0; changes--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        return damaged;
    }

    private static byte[] DamageText(byte[] whole, Random random)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(whole));
        for (var changes = random.Next(1, 4); changes > 0 && text.Length > 0; changes--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(5))
            {
                case 0: text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at)); break;
                case 1: text.Insert(at, Fragments[random.Next(Fragments.Length)]); break;
                case 2: text[at] = (char)random.Next(1, 128); break;
                case 3: text.Length = at; break;
                default: ReplaceValue(text, at, Fragments[random.Next(Fragments.Length)]); break;
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // What stands behind the next colon, up to the end of that value, becomes something else: so that most of these are still JSON.
    private static void ReplaceValue(StringBuilder text, int at, string value)
    {
        var whole = text.ToString();
        var start = whole.IndexOf("\":", at, StringComparison.Ordinal) + 2;
        if (start < 2 || start >= whole.Length) return;
        var end = whole[start] == '"' ? whole.IndexOf('"', start + 1) + 1 : whole.IndexOfAny([',', '}', ']'], start);
        if (end > start) text.Remove(start, end - start).Insert(start, value);
    }

    private sealed class Sinks(DeltaSink sink) : IDisposable
    {
        public void ReadState() => sink.ReadStateAsync(default).GetAwaiter().GetResult();

        public void Dispose() => sink.DisposeAsync().AsTask().Wait();
    }
}
