using FsCheck;
using FsCheck.Fluent;

namespace Bayou.Parquet;

public class RoundTripProperties
{
    [Fact]
    public void Write_any_schema_and_rows_reads_the_same() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Arb.From(Files()), file =>
        {
            var (bytes, info) = TestFile.Write(file.Columns, file.Options, file.BlockRows, file.GroupRows);
            TestFile.AssertHolds(bytes, file.Columns);
            for (var i = 0; i < file.Columns.Count; i++)
                Assert.Equal(file.Columns[i].Values.Count(value => value is null), info.Columns[i].NullCount);
        }));

    private static Gen<FileCase> Files() =>
        from rows in Gen.OneOf(Gen.Choose(0, 20), Gen.Choose(0, 3000))
        from count in Gen.Choose(1, 6)
        from columns in Gen.ListOf(Column(rows), count)
        from blockRows in Gen.Choose(1, 700)
        from groupRows in Gen.Choose(1, 3000)
        from codec in Gen.Elements(CompressionCodec.Uncompressed, CompressionCodec.Snappy)
        from pageBytes in Gen.Elements(50, 3000, 1 << 20)
        from pageRows in Gen.Elements(5, 333, 65_536)
        from dictionaryBytes in Gen.Elements(0, 200, 1 << 20)
        select new FileCase(
            [.. columns.Select((column, i) => column with { Node = Named(column.Node, $"c{i}") })], blockRows, groupRows,
            new ParquetWriterOptions { Codec = codec, PageBytes = pageBytes, PageRows = pageRows, DictionaryBytes = dictionaryBytes });

    private static Gen<TestColumn> Column(int rows) =>
        from kind in Gen.Choose(0, 9)
        from nulls in Gen.Elements(0, 0, 10, 50, 100)
        from distinct in Gen.Elements(1, 7, 300, int.MaxValue)
        from runs in Gen.Elements(1, 1, 20)
        from seed in Gen.Choose(0, int.MaxValue)
        select Create(kind, rows, nulls, distinct, runs, seed);

    private static TestColumn Create(int kind, int rows, int nulls, int distinct, int runs, int seed)
    {
        var random = new Random(seed);
        var repetition = nulls == 0 && random.Next(2) == 0 ? Repetition.Required : Repetition.Optional;
        var values = new object?[rows];
        for (var row = 0; row < rows; row++)
        {
            if (row > 0 && random.Next(runs) > 0) values[row] = values[row - 1];
            else if (random.Next(100) < nulls) values[row] = null;
            else values[row] = Value(kind, new Random(random.Next(distinct) ^ seed));
        }

        return new TestColumn(Node(kind, repetition), values);
    }

    private static SchemaNode Node(int kind, Repetition repetition) => kind switch
    {
        0 => SchemaNode.Boolean("c", repetition),
        1 => SchemaNode.Int32("c", repetition),
        2 => SchemaNode.Int64("c", repetition),
        3 => SchemaNode.Float("c", repetition),
        4 => SchemaNode.Double("c", repetition),
        5 => SchemaNode.String("c", repetition),
        6 => SchemaNode.Binary("c", repetition),
        7 => SchemaNode.TimestampMicros("c", repetition),
        8 => SchemaNode.Decimal("c", repetition, 9, 3),
        _ => SchemaNode.Decimal("c", repetition, 25, 3),
    };

    private static object Value(int kind, Random random) => kind switch
    {
        0 => random.Next(2) == 0,
        1 => random.Next(int.MinValue, int.MaxValue),
        2 or 7 => random.NextInt64(long.MinValue, long.MaxValue),
        3 => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)),
        4 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        5 or 6 => Bytes(random),
        8 => random.NextInt64(-999_999_999, 1_000_000_000),
        _ => (Int128)random.NextInt64(long.MinValue, long.MaxValue) * 1_000_000,
    };

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(random.Next(4) == 0 ? 200 : 12)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static SchemaNode Named(SchemaNode node, string name) =>
        SchemaNode.Leaf(name, node.Repetition, node.Physical!.Value, node.Logical, node.TypeLength);

    private sealed record FileCase(IReadOnlyList<TestColumn> Columns, int BlockRows, int GroupRows, ParquetWriterOptions Options);
}
