using System.Text;

namespace Bayou.Parquet;

/// <summary>Random files and those at the edges of the format, read back by this reader, by DuckDB and by delta-rs. <c>BAYOU_FUZZ</c> is how many for this reader, 1,000 unless set.</summary>
public sealed class RandomFileTests
{
    private const int ForOthers = 36;
    private static readonly int Inputs = int.TryParse(Environment.GetEnvironmentVariable("BAYOU_FUZZ"), out var count) ? count : 1000;

    [Fact]
    public void Write_random_files_reads_the_same()
    {
        for (var i = 0; i < Inputs; i++)
        {
            var seed = unchecked(TestSeed.Value + i);
            try
            {
                var file = RandomFile.Create(seed);
                TestFile.AssertHolds(file.Write(), file.Columns);
            }
            catch (Exception exception)
            {
                Assert.Fail($"BAYOU_FUZZ=1 BAYOU_SEED={seed}: {exception}");
            }
        }
    }

    [FactWithLake]
    public void Write_random_files_is_read_by_both_other_readers() =>
        OtherReaders.AssertRead([.. Enumerable.Range(0, ForOthers).Select(i => unchecked(TestSeed.Value + i)).Select(seed =>
        {
            var file = RandomFile.Create(seed);
            return ($"random file of BAYOU_SEED={seed}", file.Columns, file.Write());
        })]);

    [FactWithLake]
    public void Write_files_at_the_edges_is_read_by_both_other_readers()
    {
        var limits = RoundTripTests.Limits(Repetition.Optional);
        OtherReaders.AssertRead(
        [
            File("limits", limits),
            File("required", [.. RoundTripTests.Limits(Repetition.Required).Select(column => column with { Values = [column.Values[1], column.Values[2], column.Values[3]] })]),
            File("no rows", [.. limits.Select(column => column with { Values = [] })]),
            File("all null", [.. limits.Select(column => column with { Values = new object?[7000] })], new() { PageRows = 1000 }),
            File("nulls in some row groups only", [.. limits.Select(column => column with { Values = [.. Enumerable.Range(0, 600).Select(row => row / 200 == 1 ? null : column.Values[row % 5])] })], groupRows: 200),
            File("one row", [.. limits.Select(column => column with { Values = [column.Values[2]] })]),
            File("every page full at once", [.. limits.Select(column => column with { Values = [.. Enumerable.Range(0, 50).Select(row => column.Values[row % 5])] })], new() { PageBytes = 1, PageRows = 1, DictionaryBytes = 0 }),
            File("every plane", [new(SchemaNode.String("s", Repetition.Optional), [.. Planes()])]),
            File("dictionaries given up", [.. Overflowing(9000)], new() { DictionaryBytes = 3000, PageRows = 1000 }),
            File("dictionaries just full", [.. Overflowing(9000)], new() { DictionaryBytes = 500 * 8, PageRows = 64 }),
            File("larger than a page", [new(SchemaNode.Binary("y", Repetition.Optional), [.. Enumerable.Range(0, 8).Select(i => i % 4 == 3 ? null : (object)Enumerable.Repeat((byte)i, 120_000 + i).ToArray())])], new() { PageBytes = 50_000 }),
        ]);
    }

    [FactWithLake]
    public void Write_a_large_row_group_over_many_pages_is_read_by_both_other_readers()
    {
        const int rows = 150_000;
        object?[] Values(Func<int, object?> value) => [.. Enumerable.Range(0, rows).Select(value)];
        var columns = new TestColumn[]
        {
            new(SchemaNode.Int32("few", Repetition.Optional), Values(row => row % 11 == 0 ? null : row % 40)),
            new(SchemaNode.String("turns", Repetition.Required), Values(row => Encoding.UTF8.GetBytes(row < 80_000 ? $"kind {row % 9}" : $"{row * 2654435761L:x}"))),
            new(SchemaNode.TimestampMicros("at", Repetition.Optional), Values(row => row is > 70_000 and < 140_000 ? null : row * -1_000_003L)),
        };
        var file = File("large", columns, new() { PageBytes = 1 << 16 });
        using var reader = TestFile.Open(file.Bytes);

        Assert.Single(reader.RowGroups);
        TestFile.AssertHolds(file.Bytes, file.Columns);
        OtherReaders.AssertRead([file]);
    }

    // What the router does not let through; whoever gives it to the writer has it back byte for byte, though a reader of text may refuse the column.
    [Fact]
    public void Write_text_that_is_no_utf8_reads_the_same_bytes() =>
        TestFile.AssertRoundTrip([new(SchemaNode.String("s", Repetition.Optional), [new byte[] { 0xED, 0xA0, 0x80 }, new byte[] { 0xC0, 0x80 }, new byte[] { 0xF4, 0x90, 0x80, 0x80 }, new byte[] { 0xFF }, null])]);

    private static (string Name, IReadOnlyList<TestColumn> Columns, byte[] Bytes) File(string name, TestColumn[] columns, ParquetWriterOptions? options = null, int groupRows = int.MaxValue)
    {
        TestColumn[] all = [RandomFile.Numbers(columns[0].Values.Length), .. columns];
        return (name, all, TestFile.Write(all, options, blockRows: 100, groupRows: groupRows).Bytes);
    }

    private static IEnumerable<object?> Planes()
    {
        for (var plane = 0; plane <= 16; plane++)
            for (var step = 0; step < 0x10000; step += 257)
                if (Rune.IsValid(plane * 0x10000 + step)) yield return Encoding.UTF8.GetBytes(new Rune(plane * 0x10000 + step).ToString() + plane);
    }

    // Values repeat in the first third and are new from there on: in the middle of the only row group.
    private static IEnumerable<TestColumn> Overflowing(int rows)
    {
        long[] numbers = [.. Enumerable.Range(0, rows).Select(row => row < rows / 3 ? row % 200L : row * 1_000_003L)];
        yield return new(SchemaNode.Int64("l", Repetition.Optional), [.. numbers.Select(number => number % 17 == 3 ? null : (object)number)]);
        yield return new(SchemaNode.Double("d", Repetition.Required), [.. numbers.Select(number => (object)(number / 3.0))]);
        yield return new(SchemaNode.String("s", Repetition.Optional), [.. numbers.Select(number => (object)Encoding.UTF8.GetBytes($"v{number}"))]);
        yield return new(SchemaNode.Decimal("m", Repetition.Optional, 38, 9), [.. numbers.Select(number => (object)(number * (Int128)long.MaxValue))]);
    }
}
