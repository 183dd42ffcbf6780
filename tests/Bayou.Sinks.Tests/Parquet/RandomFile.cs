using System.Text;

namespace Bayou.Parquet;

/// <summary>A file of random columns, rows and writer options, the same for the same seed. Its first column <c>n</c> is the number of the row.</summary>
internal sealed record RandomFile(IReadOnlyList<TestColumn> Columns, ParquetWriterOptions Options, int BlockRows, int GroupRows)
{
    public const int MostColumns = 7;

    private static readonly int[] Characters = [0, 1, '\'', '"', '\\', 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x2FFFF, 0x3FFFE, 0x7FFFF, 0xE0001, 0xFFFFF, 0x10FFFF];
    private static readonly double[] Doubles = [0.0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 0.1, 1e16, 9007199254740993];
    private static readonly float[] Floats = [0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, 0.1f, 16777216f];
    private static readonly long[] Longs = [0, -1, 1, long.MinValue, long.MaxValue, int.MinValue, int.MaxValue, 1L << 53, -(1L << 53) - 1];

    // Years 1 to 9999: beyond, some readers have no dates.
    private static readonly long[] Instants = [0, -1, 1, -999_999, -1_000_000, -1_000_001, -62_135_596_800_000_000, 253_402_300_799_999_999];
    private static readonly int[] Days = [0, -1, 1, -719_162, 2_932_896, -25_567];

    public static RandomFile Create(int seed)
    {
        var random = new Random(seed);
        var rows = random.Next(8) switch { 0 => random.Next(3), 1 => random.Next(2000, 6000), _ => random.Next(1, 400) };
        var columns = Enumerable.Range(1, random.Next(1, MostColumns)).Select(i => Column($"c{i}", rows, random)).Prepend(Numbers(rows)).ToArray();
        return new RandomFile(columns, new ParquetWriterOptions
        {
            Codec = random.Next(2) == 0 ? CompressionCodec.Snappy : CompressionCodec.Uncompressed,
            PageBytes = Any(random, 1, 60, 1000, 1 << 20),
            PageRows = Any(random, 1, 7, 333, 65_536),
            DictionaryBytes = Any(random, 0, 1, 100, 2000, 1 << 20),
            StatisticsBytes = Any(random, 1, 2, 8, 128),
            DeltaEncodings = random.Next(3) > 0,
        }, Any(random, 1, 50, 1000, 4097), Any(random, 1, 200, 1500, int.MaxValue));
    }

    public static TestColumn Numbers(int rows) => new(SchemaNode.Int64("n", Repetition.Required), [.. Enumerable.Range(0, rows).Select(row => (object)(long)row)]);

    public byte[] Write() => TestFile.Write(Columns, Options, BlockRows, GroupRows).Bytes;

    private static TestColumn Column(string name, int rows, Random random)
    {
        var nulls = Any(random, 0, 0, 5, 50, 95, 100);
        var repetition = nulls == 0 && random.Next(2) == 0 ? Repetition.Required : Repetition.Optional;
        var (node, value) = Kind(name, repetition, random);
        // Few values at first and ever new ones later is what makes a writer give its dictionary up within a row group.
        var (known, turn, run) = (Enumerable.Range(0, random.Next(1, 40)).Select(_ => value()).ToArray(), random.Next(3) == 0 ? random.Next(rows + 1) : rows, Any(random, 1, 1, 30));
        var values = new object?[rows];
        for (var row = 0; row < rows; row++)
        {
            if (row > 0 && random.Next(run) > 0) values[row] = values[row - 1];
            else if (random.Next(100) >= nulls) values[row] = row < turn ? known[random.Next(known.Length)] : value();
        }

        return new TestColumn(node, values);
    }

    private static (SchemaNode Node, Func<object> Value) Kind(string name, Repetition repetition, Random random)
    {
        var precision = random.Next(1, 39);
        var scale = random.Next(precision + 1);
        return random.Next(11) switch
        {
            0 => (SchemaNode.Boolean(name, repetition), () => random.Next(2) == 0),
            1 => (SchemaNode.Int32(name, repetition), () => random.Next(3) == 0 ? unchecked((int)Any(random, Longs)) : random.Next(int.MinValue, int.MaxValue)),
            2 => (SchemaNode.Int64(name, repetition), () => random.Next(3) == 0 ? Any(random, Longs) : random.NextInt64(long.MinValue, long.MaxValue)),
            3 => (SchemaNode.Float(name, repetition), () => random.Next(3) == 0 ? Any(random, Floats) : BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))),
            4 => (SchemaNode.Double(name, repetition), () => random.Next(3) == 0 ? Any(random, Doubles) : BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))),
            5 => (SchemaNode.String(name, repetition), () => Encoding.UTF8.GetBytes(Text(random))),
            6 => (SchemaNode.Binary(name, repetition), () => Bytes(random)),
            7 => (SchemaNode.Date(name, repetition), () => random.Next(3) == 0 ? Any(random, Days) : random.Next(-719_162, 2_932_897)),
            8 => (SchemaNode.TimestampMicros(name, repetition), () => random.Next(3) == 0 ? Any(random, Instants) : random.NextInt64(-62_135_596_800_000_000, 253_402_300_800_000_000)),
            _ => (SchemaNode.Decimal(name, repetition, precision, scale), () => precision <= 18 ? (object)(long)Decimal(random, precision) : Decimal(random, precision)),
        };
    }

    private static Int128 Decimal(Random random, int precision)
    {
        var most = Int128.Parse(new string('9', precision));
        return random.Next(5) switch { 0 => most, 1 => -most, 2 => Int128.Zero, 3 => Int128.NegativeOne, _ => (Int128)(new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()) % (UInt128)most) };
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var length = random.Next(3) == 0 ? random.Next(4) : random.Next(28, 40); length > 0; length--) text.Append(new Rune(Any(random, Characters)));
        return text.ToString();
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(20) == 0 ? random.Next(3000) : random.Next(20)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static T Any<T>(Random random, params T[] from) => from[random.Next(from.Length)];
}
