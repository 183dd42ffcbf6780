namespace Bayou.Parquet;

public class HostileInputTests
{
    private static readonly ParquetReaderOptions Small = new() { ChunkBytes = 32 << 20, PageBytes = 16 << 20 };

    [Theory]
    [InlineData(CompressionCodec.Uncompressed, 1)]
    [InlineData(CompressionCodec.Snappy, 2)]
    public void Read_damaged_file_throws_only_ParquetException(CompressionCodec codec, int seed)
    {
        var whole = CreateFile(codec);
        var random = new Random(seed);
        var refused = 0;

        for (var i = 0; i < 1000; i++)
            if (!TryReadAll(Damage(whole, random))) refused++;

        Assert.InRange(refused, 300, 1000);
    }

    [Fact]
    public void Read_damaged_footer_throws_only_ParquetException()
    {
        var whole = CreateFile(CompressionCodec.Snappy);
        var footer = BitConverter.ToInt32(whole, whole.Length - 8);
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var damaged = whole.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                damaged[damaged.Length - 8 - random.Next(1, footer + 1)] = (byte)random.Next(256);
            TryReadAll(damaged);
        }
    }

    [Fact]
    public void Read_file_cut_off_anywhere_is_refused()
    {
        var whole = CreateFile(CompressionCodec.Snappy);

        for (var length = 0; length < whole.Length; length += 7) Assert.False(TryReadAll(whole[..length]));
    }

    [Fact]
    public void Read_noise_between_magics_is_refused()
    {
        var random = new Random(4);
        for (var i = 0; i < 1000; i++)
        {
            var noise = new byte[random.Next(12, 400)];
            random.NextBytes(noise);
            "PAR1"u8.CopyTo(noise);
            "PAR1"u8.CopyTo(noise.AsSpan(noise.Length - 4));
            BitConverter.TryWriteBytes(noise.AsSpan(noise.Length - 8), random.Next(1, noise.Length - 11));
            Assert.False(TryReadAll(noise));
        }
    }

    [Theory]
    [InlineData("PAR1\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000PARE", "encrypted")]
    [InlineData("PAR1aaaa\u0000\u0000\u0000\u007FPAR1", "footer claims")]
    [InlineData("hello, this is not Parquet", "not a Parquet file")]
    [InlineData("PAR1", "too short")]
    public void Open_what_is_not_readable_says_why_and_names_the_file(string contents, string reason)
    {
        var broken = Assert.Throws<ParquetException>(() => TestFile.Open(System.Text.Encoding.Latin1.GetBytes(contents)));

        Assert.Contains(reason, broken.Message, StringComparison.Ordinal);
        Assert.StartsWith("test.parquet, byte ", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadColumn_over_the_limit_names_column_and_limit()
    {
        var (bytes, _) = TestFile.Write([new(SchemaNode.Int64("n", Repetition.Required), [.. Enumerable.Repeat((object)7L, 100_000)])]);
        using var reader = TestFile.Open(bytes, new ParquetReaderOptions { ChunkBytes = 100_000 });

        var broken = Assert.Throws<ParquetException>(() => reader.ReadColumn(0, reader.Schema.Leaves[0]));

        Assert.Contains("column n of row group 0", broken.Message, StringComparison.Ordinal);
        Assert.Contains("100000", broken.Message, StringComparison.Ordinal);
    }

    private static bool TryReadAll(byte[] bytes)
    {
        try
        {
            using var reader = TestFile.Open(bytes, Small);
            for (var group = 0; group < reader.RowGroups.Count; group++)
                foreach (var leaf in reader.Schema.Leaves) reader.ReadColumn(group, leaf);
            return true;
        }
        catch (ParquetException)
        {
            return false;
        }
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        var damaged = whole.ToArray();
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(damaged.Length);
            if (random.Next(2) == 0) damaged[at] ^= (byte)(1 << random.Next(8));
            else damaged[at] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
        }

        return damaged;
    }

    private static byte[] CreateFile(CompressionCodec codec)
    {
        object?[] Values(object value) => [.. Enumerable.Range(0, 200).Select(i => i % 5 == 0 ? null : value)];
        var limits = RoundTripTests.Limits(Repetition.Optional);
        TestColumn[] columns = [.. limits.Select(column => column with { Values = [.. Values(column.Values[2]!), .. column.Values] })];
        return TestFile.Write(columns, new ParquetWriterOptions { Codec = codec, PageRows = 70 }, blockRows: 10, groupRows: 150).Bytes;
    }
}
