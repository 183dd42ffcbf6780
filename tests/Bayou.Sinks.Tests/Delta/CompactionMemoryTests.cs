using Bayou.Definitions;
using Bayou.Sinks.Delta;
using Xunit.Abstractions;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>A merge holds one row group, however much it merges.</summary>
[Collection(MemoryCollection.Name)]
public sealed class CompactionMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Files = 40;
    private const int FileRows = 1000;
    private const int RowBytes = 1024;
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_of_forty_megabytes_holds_few_of_them()
    {
        var random = new Random(TestSeed.Value);
        var table = Table(Column("id", ColumnKind.Long), Column("y", ColumnKind.Binary));
        var options = new DeltaSinkOptions { Path = _folder.Path, RowGroupRows = FileRows };
        await using (var sink = new DeltaSink(Context(table), options))
        {
            await sink.OpenAsync(default);
            await sink.CommitAsync(Start(Move(null, 0)), default);
            for (var i = 0; i < Files; i++)
                await sink.CommitAsync(Commit($"b{i}", [Rows.Block(table, i * FileRows, [.. Enumerable.Range(0, FileRows).Select(row => new object?[] { (long)row, Noise(random) })])], Move(i * FileRows, (i + 1) * FileRows)), default);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        var opened = 0;
        var storage = new FaultyStorage(new LocalTableStorage(_folder.Path))
        {
            // Within the merge: the output has all that was read so far.
            BeforeRead = path =>
            {
                if (!path.EndsWith(".parquet", StringComparison.Ordinal) || path.StartsWith(LogNames.Folder, StringComparison.Ordinal)) return;
                opened++;
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            },
        };

        var result = new TableCompactor(storage, options, FixedTime.Default).Run(2, default);

        output.WriteLine($"{Files * FileRows * RowBytes >> 20} MiB merged, {most >> 10} KiB held at most between two files");
        Assert.Equal((new CompactionResult(1, Files, 0), Files), (result, opened));
        Assert.InRange(most, 0, 10 << 20);
        var merged = DeltaTableReader.Open(_folder.Path).Read("id").ToList();
        Assert.Equal(Enumerable.Repeat(FileRows, Files), merged.Select(rows => rows.Count));
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[RowBytes];
        random.NextBytes(bytes);
        return bytes;
    }
}
