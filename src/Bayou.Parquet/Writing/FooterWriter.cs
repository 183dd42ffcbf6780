namespace Bayou.Parquet;

/// <summary>
/// Puts the footer together: <c>FileMetaData</c> and what belongs to it, with the field ids of <c>parquet.thrift</c>. Types that older readers know by a
/// <c>ConvertedType</c> get that too.
/// </summary>
internal sealed class FooterWriter(ParquetSchema schema, ParquetWriterOptions options)
{
    private readonly ByteBuffer _rowGroups = new();
    private int _count;

    /// <summary>Forgets the row groups.</summary>
    public void Begin()
    {
        _rowGroups.Clear();
        _count = 0;
    }

    /// <summary>Adds a row group that begins at <paramref name="start"/> in the file.</summary>
    public void AddRowGroup(long start, long rows, ReadOnlySpan<ChunkSummary> chunks)
    {
        var thrift = new ThriftWriter(_rowGroups);
        var (at, uncompressed) = (start, 0L);
        thrift.BeginStruct();
        thrift.List(1, ThriftType.Struct, chunks.Length);
        for (var i = 0; i < chunks.Length; i++)
        {
            WriteChunk(thrift, schema.Leaves[i], in chunks[i], at);
            at += chunks[i].CompressedBytes;
            uncompressed += chunks[i].UncompressedBytes;
        }

        thrift.Int64(2, uncompressed);
        thrift.Int64(3, rows);
        thrift.Int64(5, start);
        thrift.Int64(6, at - start);
        if (_count <= short.MaxValue) thrift.Int16(7, _count);
        thrift.EndStruct();
        _count++;
    }

    /// <summary>Appends the footer.</summary>
    public void Write(ByteBuffer output, long rows, IReadOnlyDictionary<string, string>? keyValues)
    {
        var thrift = new ThriftWriter(output);
        thrift.BeginStruct();
        thrift.Int32(1, 2);
        thrift.List(2, ThriftType.Struct, 1 + schema.Fields.Sum(CountNodes));
        thrift.BeginStruct();
        thrift.Text(4, "schema");
        thrift.Int32(5, schema.Fields.Count);
        thrift.EndStruct();
        foreach (var field in schema.Fields) WriteNode(thrift, field);
        thrift.Int64(3, rows);
        thrift.List(4, ThriftType.Struct, _count);
        output.Append(_rowGroups.Span);
        if (keyValues is { Count: > 0 })
        {
            thrift.List(5, ThriftType.Struct, keyValues.Count);
            foreach (var (key, value) in keyValues)
            {
                thrift.BeginStruct();
                thrift.Text(1, key);
                thrift.Text(2, value);
                thrift.EndStruct();
            }
        }

        thrift.Text(6, options.CreatedBy);
        thrift.List(7, ThriftType.Struct, schema.Leaves.Count);
        foreach (var _ in schema.Leaves)
        {
            thrift.BeginStruct();
            thrift.Empty(1);
            thrift.EndStruct();
        }

        thrift.EndStruct();
    }

    /// <summary>Gives the memory up.</summary>
    public void Release() => _rowGroups.Release();

    private static int CountNodes(SchemaNode node) => 1 + node.Children.Sum(CountNodes);

    private void WriteChunk(ThriftWriter thrift, LeafColumn column, in ChunkSummary chunk, long start)
    {
        thrift.BeginStruct();
        thrift.Int64(2, 0);
        thrift.BeginStruct(3);
        thrift.Int32(1, (int)column.Physical);
        var dictionary = chunk.DictionaryBytes > 0;
        thrift.List(2, ThriftType.Int32, 1 + (dictionary || chunk.HasPlainPages ? 1 : 0) + (dictionary ? 1 : 0) + (chunk.DeltaPages is null ? 0 : 1));
        if (dictionary || chunk.HasPlainPages) thrift.Element((int)PageEncoding.Plain);
        thrift.Element((int)PageEncoding.Rle);
        if (dictionary) thrift.Element((int)PageEncoding.RleDictionary);
        if (chunk.DeltaPages is { } delta) thrift.Element((int)delta);
        thrift.List(3, ThriftType.Binary, column.PathParts.Count);
        foreach (var part in column.PathParts) thrift.Element(System.Text.Encoding.UTF8.GetBytes(part));
        thrift.Int32(4, (int)options.Codec);
        thrift.Int64(5, chunk.Entries);
        thrift.Int64(6, chunk.UncompressedBytes);
        thrift.Int64(7, chunk.CompressedBytes);
        thrift.Int64(9, start + chunk.DictionaryBytes);
        if (dictionary) thrift.Int64(11, start);
        WriteStatistics(thrift, column, chunk.Statistics);
        thrift.EndStruct();
        thrift.EndStruct();
    }

    private static void WriteStatistics(ThriftWriter thrift, LeafColumn column, ColumnStatistics statistics)
    {
        thrift.BeginStruct(12);
        thrift.Int64(3, statistics.NullCount ?? 0);
        var max = statistics.Max is null || statistics.IsMaxExact ? statistics.Max : BytesBounds.Above(statistics.Max, column.Node.Logical.IsText);
        if (max is not null) thrift.Binary(5, max);
        if (statistics.Min is not null) thrift.Binary(6, statistics.Min);
        if (max is not null) thrift.Bool(7, statistics.IsMaxExact);
        if (statistics.Min is not null) thrift.Bool(8, statistics.IsMinExact);
        thrift.EndStruct();
    }

    private static void WriteNode(ThriftWriter thrift, SchemaNode node)
    {
        thrift.BeginStruct();
        if (node.Physical is { } physical) thrift.Int32(1, (int)physical);
        if (node.TypeLength > 0) thrift.Int32(2, node.TypeLength);
        thrift.Int32(3, (int)node.Repetition);
        thrift.Text(4, node.Name);
        if (!node.IsLeaf) thrift.Int32(5, node.Children.Count);
        LogicalTypeFormat.Write(thrift, node);
        thrift.EndStruct();
        foreach (var child in node.Children) WriteNode(thrift, child);
    }
}
