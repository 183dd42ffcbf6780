namespace Bayou.Parquet;

/// <summary>Writes flat columns to a file in memory and reads them back.</summary>
internal static class TestFile
{
    public static (byte[] Bytes, ParquetFileInfo Info) Write(
        IReadOnlyList<TestColumn> columns, ParquetWriterOptions? options = null, int blockRows = 1000, int groupRows = int.MaxValue)
    {
        using var writer = new ParquetFileWriter(new ParquetSchema([.. columns.Select(column => column.Node)]), options);
        return Write(writer, columns, blockRows, groupRows);
    }

    public static (byte[] Bytes, ParquetFileInfo Info) Write(
        ParquetFileWriter writer, IReadOnlyList<TestColumn> columns, int blockRows = 1000, int groupRows = int.MaxValue)
    {
        var stream = new MemoryStream();
        writer.Begin(stream);
        var rows = columns[0].Values.Length;
        for (var start = 0; start < rows; start += blockRows)
        {
            for (var i = 0; i < columns.Count; i++) columns[i].AppendTo(writer.Columns[i], start, Math.Min(blockRows, rows - start));
            if (writer.RowGroupRows >= groupRows) writer.EndRowGroup();
        }

        var info = writer.Finish(new Dictionary<string, string> { ["purpose"] = "tést" });
        Assert.Equal(stream.Length, info.Bytes);
        Assert.Equal(rows, info.Rows);
        return (stream.ToArray(), info);
    }

    public static ParquetReader Open(byte[] bytes, ParquetReaderOptions? options = null) => new(new MemoryStream(bytes), "test.parquet", options);

    public static object?[] ReadColumn(ParquetReader reader, int leaf) =>
        [.. Enumerable.Range(0, reader.RowGroups.Count).SelectMany(group => TestColumn.Read(reader.ReadColumn(group, reader.Schema.Leaves[leaf])))];

    public static void AssertRoundTrip(
        IReadOnlyList<TestColumn> columns, ParquetWriterOptions? options = null, int blockRows = 1000, int groupRows = int.MaxValue)
    {
        var (bytes, _) = Write(columns, options, blockRows, groupRows);
        AssertHolds(bytes, columns);
    }

    public static void AssertHolds(byte[] bytes, IReadOnlyList<TestColumn> columns)
    {
        using var reader = Open(bytes);
        Assert.Equal(columns[0].Values.Length, reader.Rows);
        for (var i = 0; i < columns.Count; i++)
        {
            Assert.Equal(columns[i].Node.Name, reader.Schema.Leaves[i].Path);
            Assert.Equal(columns[i].Node.Logical, reader.Schema.Leaves[i].Node.Logical);
            TestColumn.AssertSame(columns[i].Values, ReadColumn(reader, i));
        }
    }
}
