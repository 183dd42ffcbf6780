using System.Text.Json;

namespace Bayou.Parquet;

/// <summary>Files as DuckDB and delta-rs read them, value by value: one process of each for many files.</summary>
internal static class OtherReaders
{
    /// <summary>Asserts that both read what was written.</summary>
    /// <param name="files">The files' columns, of which the first is the number of the row, and bytes; with a name for messages.</param>
    public static void AssertRead(IReadOnlyList<(string Name, IReadOnlyList<TestColumn> Columns, byte[] Bytes)> files)
    {
        var root = Directory.CreateTempSubdirectory("bayou-readers-");
        try
        {
            string[] folders = [.. files.Select((file, i) => WriteTable(Path.Combine(root.FullName, $"t{i}"), file.Columns, file.Bytes))];
            var width = files.Max(file => file.Columns.Count);
            string Query(Func<SchemaNode, string> ask, Func<int, string> table) => string.Join(" UNION ALL ", files.Select((file, i) =>
                $"SELECT {i} AS file, {string.Join(", ", Enumerable.Range(0, width).Select(c => $"{(c < file.Columns.Count ? ask(file.Columns[c].Node) : "CAST(NULL AS VARCHAR)")} AS c{c}"))} FROM {table(i)}"));
            Assert("DuckDB", files, Lake.Scan(Query(ReaderColumn.DuckDb, i => $"read_parquet('{folders[i]}/data.parquet')")));
            Assert("delta-rs", files, Lake.Run(["sql", Query(ReaderColumn.DataFusion, i => $"t{i}"), .. folders.Select((folder, i) => $"t{i}={folder}")]));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static string WriteTable(string folder, IReadOnlyList<TestColumn> columns, byte[] bytes)
    {
        Directory.CreateDirectory(Path.Combine(folder, "_delta_log"));
        File.WriteAllBytes(Path.Combine(folder, "data.parquet"), bytes);
        var schema = JsonSerializer.Serialize(new
        {
            type = "struct",
            fields = columns.Select(column => new { name = column.Node.Name, type = ReaderColumn.DeltaType(column.Node), nullable = true, metadata = new { } }),
        });
        File.WriteAllLines(Path.Combine(folder, "_delta_log", "00000000000000000000.json"),
        [
            """{"protocol":{"minReaderVersion":1,"minWriterVersion":2}}""",
            $$$"""{"metaData":{"id":"t","format":{"provider":"parquet","options":{}},"schemaString":{{{JsonSerializer.Serialize(schema)}}},"partitionColumns":[],"configuration":{} } }""",
            $$$"""{"add":{"path":"data.parquet","partitionValues":{},"size":{{{bytes.Length}}},"modificationTime":1,"dataChange":true}}""",
        ]);
        return folder;
    }

    private static void Assert(string reader, IReadOnlyList<(string Name, IReadOnlyList<TestColumn> Columns, byte[] Bytes)> files, IReadOnlyList<JsonElement> rows)
    {
        var byFile = rows.ToLookup(row => row.GetProperty("file").GetInt32());
        for (var i = 0; i < files.Count; i++)
        {
            var (name, columns, _) = files[i];
            JsonElement[] read = [.. byFile[i].OrderBy(row => long.Parse(row.GetProperty("c0").GetString()!))];
            Xunit.Assert.True(columns[0].Values.Length == read.Length, $"{reader}, {name}: {read.Length} rows instead of {columns[0].Values.Length}");
            for (var c = 0; c < columns.Count; c++)
                for (var row = 0; row < read.Length; row++)
                {
                    var expected = ReaderColumn.Written(columns[c].Node, columns[c].Values[row]);
                    var actual = ReaderColumn.Read(columns[c].Node, read[row].GetProperty($"c{c}").GetString());
                    Xunit.Assert.True(expected == actual, $"{reader}, {name}, {ReaderColumn.DeltaType(columns[c].Node)} {columns[c].Node.Name} of row {row}: '{actual}' instead of '{expected}'");
                }
        }
    }
}
