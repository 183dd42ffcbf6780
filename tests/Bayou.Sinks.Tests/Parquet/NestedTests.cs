namespace Bayou.Parquet;

public class NestedTests
{
    [Fact]
    public void Write_map_and_list_by_levels_reads_the_same_levels()
    {
        var bytes = CreateNested();

        using var reader = TestFile.Open(bytes);
        Assert.Equal(["add.path", "add.partitionValues.key_value.key", "add.partitionValues.key_value.value", "tags.list.element"], reader.Schema.Leaves.Select(leaf => leaf.Path));
        Assert.Equal([2, 3, 4, 3], reader.Schema.Leaves.Select(leaf => leaf.MaxDefinitionLevel));
        Assert.Equal([0, 1, 1, 1], reader.Schema.Leaves.Select(leaf => leaf.MaxRepetitionLevel));
        Assert.Equal(["0:0:-", "0:2:x", "0:1:-", "0:2:y"], Entries(reader, 0));
        Assert.Equal(["0:0:-", "0:3:a", "1:3:b", "0:2:-", "0:1:-"], Entries(reader, 1));
        Assert.Equal(["0:0:-", "0:4:1", "1:3:-", "0:2:-", "0:1:-"], Entries(reader, 2));
        Assert.Equal(["0:3:7", "1:2:-", "1:3:8", "0:0:-", "0:1:-", "0:3:9"], Entries(reader, 3));
        Assert.Equal(LogicalKind.Map, reader.Schema.Fields[0].Children[1].Logical.Kind);
        Assert.Equal(LogicalKind.List, reader.Schema.Fields[1].Logical.Kind);
        Assert.Equal(3, reader.RowGroups[0].Columns[3].Statistics.NullCount);
    }

    [Fact]
    public void Write_many_nested_rows_over_many_pages_reads_the_same()
    {
        var random = new Random(3);
        var schema = new ParquetSchema(SchemaNode.List("l", Repetition.Optional, SchemaNode.Int64("element", Repetition.Optional)));
        using var writer = new ParquetFileWriter(schema, new ParquetWriterOptions { PageRows = 100 });
        var stream = new MemoryStream();
        var expected = new List<string>();
        writer.Begin(stream);
        for (var row = 0; row < 5000; row++)
        {
            var length = random.Next(-2, 6);
            if (length <= 0)
            {
                writer.Columns[0].AppendMissing(length < 0 ? 0 : 1);
                expected.Add($"0:{(length < 0 ? 0 : 1)}:-");
            }

            for (var i = 0; i < length; i++)
            {
                var repetition = i == 0 ? 0 : 1;
                if (random.Next(5) == 0) writer.Columns[0].AppendMissing(2, repetition);
                else writer.Columns[0].AppendEntry((long)row, repetition);
                expected.Add("");
            }
        }

        var info = writer.Finish();

        using var reader = TestFile.Open(stream.ToArray());
        var data = reader.ReadColumn(0, reader.Schema.Leaves[0]);
        Assert.Equal(5000, info.Rows);
        Assert.Equal(expected.Count, data.Entries);
        Assert.Equal(5000, data.RepetitionLevels.Count((byte)0));
        var row2 = -1;
        var cursor = data.Cursor();
        while (cursor.MoveNext())
        {
            if (cursor.Repetition == 0) row2++;
            if (cursor.HasValue) Assert.Equal(row2, cursor.Value<long>());
        }
    }

    [Fact]
    public void Append_levels_out_of_range_refuses()
    {
        using var writer = new ParquetFileWriter(new ParquetSchema(SchemaNode.List("l", Repetition.Optional, SchemaNode.Int64("element", Repetition.Optional))));
        writer.Begin(new MemoryStream());
        var column = writer.Columns[0].Column;

        Assert.Equal(3, column.MaxDefinitionLevel);
        Assert.Throws<InvalidOperationException>(() => writer.Columns[0].AppendMissing(3));
        Assert.Throws<InvalidOperationException>(() => writer.Columns[0].AppendMissing(-1));
        Assert.Throws<InvalidOperationException>(() => writer.Columns[0].AppendEntry(1L, 1));
        Assert.Throws<InvalidOperationException>(() => writer.Columns[0].AppendEntry(1L, 2));
        Assert.Throws<InvalidOperationException>(() => writer.Columns[0].Append<long>([1]));
    }

    [FactWithLake]
    public void Write_map_and_list_by_levels_is_read_by_another_reader()
    {
        using var file = new TemporaryFile(CreateNested());

        var rows = Lake.Scan($"SELECT add.path AS p, map_keys(add.partitionValues) AS k, map_values(add.partitionValues) AS v, tags FROM read_parquet('{file.Path}')");

        Assert.Equal(
            [
                """{"p": null, "k": null, "v": null, "tags": [7, null, 8]}""",
                """{"p": "x", "k": ["a", "b"], "v": ["1", null], "tags": null}""",
                """{"p": null, "k": [], "v": [], "tags": []}""",
                """{"p": "y", "k": null, "v": null, "tags": [9]}""",
            ],
            rows.Select(row => row.GetRawText()));
    }

    internal static byte[] CreateNested()
    {
        var schema = new ParquetSchema(
            SchemaNode.Group("add", Repetition.Optional,
                SchemaNode.String("path", Repetition.Optional),
                SchemaNode.Map("partitionValues", Repetition.Optional,
                    SchemaNode.String("key", Repetition.Required), SchemaNode.String("value", Repetition.Optional))),
            SchemaNode.List("tags", Repetition.Optional, SchemaNode.Int32("element", Repetition.Optional)));
        using var writer = new ParquetFileWriter(schema);
        var stream = new MemoryStream();
        writer.Begin(stream);
        var (path, key, value, tag) = (writer.Columns[0], writer.Columns[1], writer.Columns[2], writer.Columns[3]);

        path.AppendMissing(0);
        key.AppendMissing(0);
        value.AppendMissing(0);
        tag.AppendEntry(7);
        tag.AppendMissing(2, 1);
        tag.AppendEntry(8, 1);

        path.AppendEntryBytes("x"u8);
        key.AppendEntryBytes("a"u8);
        key.AppendEntryBytes("b"u8, 1);
        value.AppendEntryBytes("1"u8);
        value.AppendMissing(3, 1);
        tag.AppendMissing(0);

        path.AppendMissing(1);
        key.AppendMissing(2);
        value.AppendMissing(2);
        tag.AppendMissing(1);

        path.AppendEntryBytes("y"u8);
        key.AppendMissing(1);
        value.AppendMissing(1);
        tag.AppendEntry(9);
        writer.Finish();
        return stream.ToArray();
    }

    private static List<string> Entries(ParquetReader reader, int leaf)
    {
        var data = reader.ReadColumn(0, reader.Schema.Leaves[leaf]);
        var entries = new List<string>();
        var cursor = data.Cursor();
        while (cursor.MoveNext())
        {
            var value = !cursor.HasValue ? "-" : data.Column.Width == 0 ? cursor.Text : $"{cursor.Value<int>()}";
            entries.Add($"{cursor.Repetition}:{cursor.Definition}:{value}");
        }

        return entries;
    }
}
