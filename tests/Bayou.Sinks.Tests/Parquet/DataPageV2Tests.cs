using System.Runtime.InteropServices;

namespace Bayou.Parquet;

public class DataPageV2Tests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_page_of_version_2_gives_values_and_nulls(bool compressed)
    {
        var chunk = CreatePage(SchemaNode.Int32("n", Repetition.Optional), [1, 0, 1, 1], MemoryMarshal.AsBytes<int>([7, -8, 9]), PageEncoding.Plain, compressed, out var info);

        var data = new ChunkReader(info, 4, new ParquetReaderOptions()).Read(chunk, chunk.Length);

        Assert.Equal([7, 0, -8, 9], data.Dense<int>());
        Assert.Equal(new byte[] { 1, 0, 1, 1 }, data.Validity());
    }

    [Fact]
    public void Read_booleans_as_runs_gives_them()
    {
        // Length 2, then one run: head 10 << 1, value 1.
        var chunk = CreatePage(SchemaNode.Boolean("b", Repetition.Required), new int[10], [2, 0, 0, 0, 20, 1], PageEncoding.Rle, true, out var info);

        var data = new ChunkReader(info, 10, new ParquetReaderOptions()).Read(chunk, chunk.Length);

        Assert.Equal(Enumerable.Repeat((byte)1, 10), data.Dense<byte>());
    }

    [Fact]
    public void Read_shared_prefixes_gives_whole_values()
    {
        // Prefix lengths 0, 4, 4 and suffix lengths 5, 2, 0 as deltas: block of 128 in 4 miniblocks, first value, then least difference and 4 bits each.
        byte[] prefixes = [0x80, 0x01, 4, 3, 0, 0, 4, 0, 0, 0, 4, .. new byte[15]];
        byte[] suffixes = [0x80, 0x01, 4, 3, 10, 5, 4, 0, 0, 0, 0x10, .. new byte[15]];
        byte[] page = [.. prefixes, .. suffixes, .. "orderly"u8];
        var chunk = CreatePage(SchemaNode.String("s", Repetition.Required), new int[3], page, PageEncoding.DeltaByteArray, true, out var info);

        var data = new ChunkReader(info, 3, new ParquetReaderOptions()).Read(chunk, chunk.Length);

        Assert.Equal(["order", "ordely", "orde"], Enumerable.Range(0, 3).Select(data.Text));
    }

    private static byte[] CreatePage(
        SchemaNode node, int[] definitions, ReadOnlySpan<byte> values, PageEncoding encoding, bool compressed, out ColumnChunkInfo info)
    {
        var column = new ParquetSchema(node).Leaves[0];
        var levels = new ByteBuffer();
        if (column.MaxDefinitionLevel > 0) RleEncoder.Encode(definitions, 1, levels);
        var body = new byte[SnappyEncoder.MaxLength(values.Length)];
        var length = new SnappyEncoder().Encode(values, body);
        ReadOnlySpan<byte> stored = compressed ? body.AsSpan(0, length) : values;
        var output = new ByteBuffer();
        var thrift = new ThriftWriter(output);
        thrift.BeginStruct();
        thrift.Int32(1, (int)PageKind.DataV2);
        thrift.Int32(2, levels.Length + values.Length);
        thrift.Int32(3, levels.Length + stored.Length);
        thrift.BeginStruct(8);
        thrift.Int32(1, definitions.Length);
        thrift.Int32(2, definitions.Count(level => level == 0));
        thrift.Int32(3, definitions.Length);
        thrift.Int32(4, (int)encoding);
        thrift.Int32(5, levels.Length);
        thrift.Int32(6, 0);
        thrift.Bool(7, compressed);
        thrift.EndStruct();
        thrift.EndStruct();
        output.Append(levels.Span);
        output.Append(stored);
        info = new ColumnChunkInfo { Column = column, Codec = CompressionCodec.Snappy, Entries = definitions.Length, Statistics = new ColumnStatistics() };
        return output.Span.ToArray();
    }
}
