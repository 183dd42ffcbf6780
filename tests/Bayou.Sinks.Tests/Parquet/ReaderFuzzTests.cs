using System.Buffers.Binary;
using System.Diagnostics;

namespace Bayou.Parquet;

/// <summary>
/// Damaged files are read or refused with a <see cref="ParquetException"/>, in bounded memory and time. <c>BAYOU_FUZZ</c> is how many, 1,000 unless set; <c>BAYOU_SEED</c> is where to begin.
/// </summary>
public sealed class ReaderFuzzTests
{
    private const long MostOpenBytes = 8 << 20;
    private const long MostColumnBytes = 16 << 20;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(20);
    private static readonly ParquetReaderOptions Limits = new() { FooterBytes = 1 << 20, ChunkBytes = 1 << 20, PageBytes = 1 << 20 };
    private static readonly int Inputs = int.TryParse(Environment.GetEnvironmentVariable("BAYOU_FUZZ"), out var count) ? count : 1000;

    [Fact]
    public void Read_of_damaged_files_is_refused_clearly_or_succeeds() =>
        Fuzz([.. Enumerable.Range(1, 30).Select(seed => RandomFile.Create(seed).Write()).Where(bytes => bytes.Length < 50_000), NestedTests.CreateNested()]);

    [FactWithLake]
    public void Read_of_damaged_files_of_another_writer_is_refused_clearly_or_succeeds() =>
        Fuzz([.. new[] { "uncompressed", "snappy", "gzip", "brotli" }.SelectMany(codec => new[] { "v1", "v2" }, Other)]);

    [Fact]
    public void Open_of_a_schema_whose_paths_are_endless_is_refused()
    {
        // A hundred kilobytes in the file, and forty megabytes once each column has its path.
        var group = SchemaNode.Group(new string('x', 100_000), Repetition.Optional, [.. Enumerable.Range(0, 400).Select(i => SchemaNode.Int32($"c{i}", Repetition.Optional))]);
        using var writer = new ParquetFileWriter(new ParquetSchema(group));
        var stream = new MemoryStream();
        writer.Begin(stream);
        writer.Finish();

        var broken = Assert.Throws<ParquetException>(() => TestFile.Open(stream.ToArray()));

        Assert.Contains("the names of the columns have more than 16777216 characters", broken.Message, StringComparison.Ordinal);
        Assert.InRange(stream.Length, 100_000, 120_000);
    }

    private static void Fuzz(List<byte[]> corpus)
    {
        var refused = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var seed = unchecked(TestSeed.Value + i);
            var random = new Random(seed);
            var input = Damage(corpus[random.Next(corpus.Count)], random);
            var watch = Stopwatch.StartNew();
            try
            {
                ReadAll(input, seed);
            }
            catch (ParquetException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"BAYOU_FUZZ=1 BAYOU_SEED={seed}: {exception}");
            }

            Assert.True(watch.Elapsed < MostTime, $"{watch.Elapsed}; BAYOU_FUZZ=1 BAYOU_SEED={seed}");
        }

        Assert.True(Inputs < 1000 || refused > Inputs / 4, $"only {refused} of {Inputs} were refused. {TestSeed.Text}");
        foreach (var whole in corpus) ReadAll(whole, 0);
    }

    private static void ReadAll(byte[] input, int seed)
    {
        var start = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var reader = TestFile.Open(input, Limits);
            Check(MostOpenBytes, "opening it");
            for (var group = 0; group < reader.RowGroups.Count; group++)
                foreach (var leaf in reader.Schema.Leaves)
                {
                    start = GC.GetAllocatedBytesForCurrentThread();
                    var data = reader.ReadColumn(group, leaf);
                    Check(MostColumnBytes, leaf.Path);
                    if (data.Column.Width == 0 && data.Column.IsFlat) Assert.Equal(data.Entries, data.DenseEnds().Length);
                }
        }
        catch (ParquetException)
        {
            Check(MostColumnBytes, "refusing it");
            throw;
        }

        void Check(long most, string what)
        {
            var taken = GC.GetAllocatedBytesForCurrentThread() - start;
            Assert.True(taken <= most, $"{what} took {taken} bytes of memory for a file of {input.Length}; BAYOU_FUZZ=1 BAYOU_SEED={seed}");
        }
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 12; changes--)
        {
            // Half of it in the footer, where the lengths are.
            var footer = Math.Min(bytes.Count - 8, BinaryPrimitives.ReadUInt16LittleEndian(whole.AsSpan(whole.Length - 8)));
            var at = random.Next(2) == 0 ? random.Next(bytes.Count) : bytes.Count - 8 - random.Next(footer + 1);
            var count = Math.Min(random.Next(1, 11), bytes.Count - at);
            switch (random.Next(8))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: for (var i = 0; i < count; i++) bytes[at + i] = 0xFF; break;
                case 3: bytes.RemoveRange(at, count); break;
                case 4: bytes.InsertRange(at, Enumerable.Range(0, count).Select(_ => (byte)random.Next(256))); break;
                case 5: bytes.InsertRange(at, [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]); break;
                case 6 when random.Next(4) == 0: bytes.RemoveRange(at, bytes.Count - at); break;
                default: for (var i = 0; i < Math.Min(4, count); i++) bytes[at + i] = (byte)(random.Next(3) == 0 ? 0x7F : 0xFE); break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Other(string codec, string version)
    {
        using var file = new TemporaryFile();
        Lake.Scan($$"""
            COPY (SELECT i % 3 = 0 AS b, (i * 7919)::INT AS n, i * i AS l, i / 7.0 AS d, 'name ' || (i * i) AS s, 'kind ' || (i % 10) AS k, CASE WHEN i % 5 = 0 THEN NULL ELSE i END AS o,
            (i * 1.25)::DECIMAL(38,4) AS m, [i, NULL] AS a, {'x': i, 'y': ['a', NULL]} AS st FROM range(700) r(i)) TO '{{file.Path}}' (FORMAT parquet, CODEC {{codec}}, PARQUET_VERSION {{version}}, ROW_GROUP_SIZE 2048)
            """);
        return File.ReadAllBytes(file.Path);
    }
}
