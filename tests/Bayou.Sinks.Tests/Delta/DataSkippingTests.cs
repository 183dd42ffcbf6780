using System.Globalization;
using System.Text.Json;
using Bayou.Definitions;
using Bayou.Sinks.Delta;
using static Bayou.Sinks.Tests.Delta.Tables;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Readers that skip files by their statistics find the same rows as those that read them all.</summary>
public sealed class DataSkippingTests : IDisposable
{
    private const int Files = 40;
    private const int Queries = 150;
    private static readonly string[] Operators = ["=", "<", "<=", ">", ">=", "<>"];
    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactWithLake]
    public async Task Query_with_a_predicate_equals_a_full_scan()
    {
        var random = new Random(TestSeed.Value);
        AssertSame(Predicates(random, await WriteRandomTable(random), RandomColumn.All));
    }

    [FactWithLake]
    public async Task Query_of_merged_files_of_many_row_groups_equals_a_full_scan()
    {
        var random = new Random(TestSeed.Value);
        var values = await WriteRandomTable(random);
        Merge();

        AssertSame(Predicates(random, values, RandomColumn.All));
        AssertSameRowGroups(values);
    }

    [FactWithLake]
    public async Task Query_with_predicates_on_partition_columns_equals_a_full_scan()
    {
        var random = new Random(TestSeed.Value);
        string[] names = ["s", "l", "m18", "m38", "b", "ts", "day"];
        RandomColumn[] partitions = [.. RandomColumn.All.Where(column => names.Contains(column.Name))];
        AssertSame(Predicates(random, await WriteRandomTable(random, names), partitions));
    }

    [FactWithLake]
    public async Task Query_of_parquet_statistics_equals_a_full_scan() => AssertSameRowGroups(await WriteRandomTable(new Random(TestSeed.Value)));

    [Fact]
    public async Task Statistics_enclose_every_value()
    {
        var random = new Random(TestSeed.Value);
        await WriteRandomTable(random);
        var table = DeltaTableReader.Open(_folder.Path);
        var files = table.Files.ToDictionary(file => file.Path, file => JsonDocument.Parse(file.Statistics!).RootElement);

        foreach (var rows in table.Read([.. table.Columns.Select(column => column.Name)]))
        {
            var stats = files[rows.File.Path];
            Assert.Equal(rows.Count, stats.GetProperty("numRecords").GetInt32());
            foreach (var values in rows.Columns)
            {
                var nulls = Enumerable.Range(0, rows.Count).Count(values.IsNull);
                Assert.Equal(nulls, stats.GetProperty("nullCount").GetProperty(values.Column.Name).GetInt32());
                var least = stats.GetProperty("minValues").TryGetProperty(values.Column.Name, out var min);
                var most = stats.GetProperty("maxValues").TryGetProperty(values.Column.Name, out var max);
                Assert.False(nulls == rows.Count && (least || most), $"{values.Column.Name} has bounds without values. {TestSeed.Text}");
                for (var row = 0; row < rows.Count; row++)
                {
                    if (least) Assert.True(Compare(min, values, row) <= 0, $"{values.Column.Name}: minimum {min} is above {values.Value(row)}. {TestSeed.Text}");
                    if (most) Assert.True(Compare(max, values, row) >= 0, $"{values.Column.Name}: maximum {max} is below {values.Value(row)}. {TestSeed.Text}");
                }
            }
        }
    }

    private static List<string> Predicates(Random random, List<object?[]> values, IReadOnlyList<RandomColumn> columns)
    {
        List<string> predicates = [];
        while (predicates.Count < Queries)
        {
            var column = columns[random.Next(columns.Count)];
            var value = values[random.Next(values.Count)][RandomColumn.All.ToList().IndexOf(column)];
            predicates.Add(value is null
                ? $"{column.Name} IS {(random.Next(2) == 0 ? "NOT " : "")}NULL"
                : $"{column.Name} {Operators[random.Next(Operators.Length)]} {column.Literal(value)}");
        }

        return predicates;
    }

    // By delta-rs, which skips files and row groups. The second column of a query cannot be answered from statistics.
    private void AssertSame(List<string> predicates)
    {
        var queries = predicates.Select((predicate, i) =>
            $"SELECT {i} AS i, (SELECT count(*) FROM t WHERE {predicate}) AS some, (SELECT count(CASE WHEN {predicate} THEN 1 END) FROM t) AS full_scan");
        foreach (var part in queries.Chunk(50))
            foreach (var row in Lake.Run("sql", string.Join(" UNION ALL ", part), $"t={_folder.Path}"))
            {
                var (some, full) = (row.GetProperty("some").GetInt64(), row.GetProperty("full_scan").GetInt64());
                Assert.True(some == full, $"{predicates[row.GetProperty("i").GetInt32()]}: {some} rows with statistics, {full} without. {TestSeed.Text}");
            }
    }

    // By DuckDB, which reads the statistics in the data files; also in those that a merge has replaced.
    private void AssertSameRowGroups(List<object?[]> values)
    {
        List<string> predicates = [];
        foreach (var column in RandomColumn.All)
        {
            var index = RandomColumn.All.ToList().IndexOf(column);
            foreach (var value in values.Select(row => row[index]).OfType<object>().Distinct().Take(3))
                predicates.AddRange(Operators.Select(op => $"{column.Name} {op} {column.DuckDbLiteral(value)}"));
        }

        var files = $"read_parquet('{_folder.Path}/*.parquet')";
        foreach (var part in predicates.Chunk(100))
            foreach (var row in Lake.Scan(string.Join(" UNION ALL ", part.Select((predicate, i) =>
                $"SELECT {i} AS i, (SELECT count(*) FROM {files} WHERE {predicate}) AS some, (SELECT count(CASE WHEN {predicate} THEN 1 END) FROM {files}) AS full_scan"))))
                Assert.True(row.GetProperty("some").GetInt64() == row.GetProperty("full_scan").GetInt64(), $"{part[row.GetProperty("i").GetInt32()]}: {row}. {TestSeed.Text}");
    }

    private void Merge()
    {
        var options = new DeltaSinkOptions { Path = _folder.Path, RowGroupRows = 5 };

        Assert.Equal(new CompactionResult(1, Files, 0), new TableCompactor(new LocalTableStorage(_folder.Path), options, FixedTime.Default).Run(2, default));

        Assert.InRange(DeltaTableReader.Open(_folder.Path).Read("s").Count(), 5, Files);
    }

    private async Task<List<object?[]>> WriteRandomTable(Random random, params string[] partitionBy)
    {
        var table = Table([.. RandomColumn.All.Select(column => column.Definition)]);
        await using var sink = Sink(_folder, table, checkpointEvery: 25, partitionBy: partitionBy);
        await sink.OpenAsync(default);
        await sink.CommitAsync(Start(Move(null, 0)), default);
        List<object?[]> all = [];
        for (var file = 0; file < Files; file++)
        {
            object?[][] rows = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomColumn.All.Select(column => column.Value(random)).ToArray())];
            Assert.True((await sink.CommitAsync(Commit($"b{file}", [Rows.Block(table, all.Count, rows)], Move(all.Count, all.Count + rows.Length)), default)).Committed);
            all.AddRange(rows);
        }

        return all;
    }

    // How a bound compares with a row's value; 0 where the row is null.
    private static int Compare(JsonElement bound, DeltaValues values, int row)
    {
        if (values.IsNull(row)) return 0;
        var type = values.Column.Type!.Value;
        switch (type.Kind)
        {
            case ColumnKind.String or ColumnKind.Json: return System.Text.Encoding.UTF8.GetBytes(bound.GetString()!).AsSpan().SequenceCompareTo(values.Bytes(row));
            case ColumnKind.Int: return bound.GetInt32().CompareTo(values.Fixed<int>()[row]);
            case ColumnKind.Long: return bound.GetInt64().CompareTo(values.Fixed<long>()[row]);
            case ColumnKind.Float: return TotalOrder(bound.GetSingle(), values.Fixed<float>()[row]);
            case ColumnKind.Double: return TotalOrder(bound.GetDouble(), values.Fixed<double>()[row]);
            case ColumnKind.Decimal: return DecimalText.Parse(bound.GetRawText(), type.Scale).CompareTo(values.Fixed<Int128>()[row]);
            case ColumnKind.Timestamp: return DateTimeOffset.Parse(bound.GetString()!, CultureInfo.InvariantCulture).UtcDateTime.CompareTo((DateTime)values.Value(row)!);
            case ColumnKind.Date: return DateOnly.Parse(bound.GetString()!, CultureInfo.InvariantCulture).CompareTo((DateOnly)values.Value(row)!);
            default: throw new ArgumentException($"Bounds of {type} are not expected.", nameof(values));
        }
    }

    // Some readers put -0 below 0. A NaN is on neither side of anything.
    private static int TotalOrder(double bound, double value)
    {
        Assert.False(double.IsNaN(value), $"There is a bound beside NaN. {TestSeed.Text}");
        return bound == 0 && value == 0 ? double.IsNegative(value).CompareTo(double.IsNegative(bound)) : bound.CompareTo(value);
    }
}
