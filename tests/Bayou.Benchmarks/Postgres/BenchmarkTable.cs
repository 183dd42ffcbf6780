using System.Globalization;
using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sinks.Postgres;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Benchmarks.Postgres;

/// <summary>A table of ten columns and four metadata columns, with rows made beforehand.</summary>
internal sealed class BenchmarkTable(string connection, int number, int rows)
{
    private const int SliceRows = 10_000;
    private const int CommitRows = 100_000;

    private static readonly string[] Countries = ["DE", "FR", "GB", "US", "JP", "BR"];
    private static readonly DefinitionStamp Stamp = new() { Version = 1, Fingerprint = "benchmark" };

    private readonly List<RowBlockRange> _slices = [];
    private PostgresSink? _sink;

    public string Name { get; } = $"bench_{number}";

    private TableDefinition Definition => new()
    {
        Name = Name, Match = [Name],
        Columns =
        [
            Column("event_id", ColumnKind.String), Column("ts", ColumnKind.Timestamp), Column("user_id", ColumnKind.Long), Column("order_id", ColumnKind.Long), Column("sku", ColumnKind.String),
            Column("quantity", ColumnKind.Int), Column("amount", ColumnKind.Decimal, 12, 2), Column("price", ColumnKind.Double), Column("country", ColumnKind.String), Column("gift", ColumnKind.Bool),
        ],
        Sink = new SinkDefinition { Kind = "postgres", Options = new() { ["connection"] = connection, ["table"] = Name } },
    };

    /// <summary>Makes the rows, and the table with its start cursor.</summary>
    public async Task PrepareAsync()
    {
        var random = new Random(number);
        var builder = new RowBlockBuilder(Definition.Columns);
        for (var first = 0; first < rows; first += SliceRows)
        {
            builder.Reset();
            for (var row = first; row < Math.Min(rows, first + SliceRows); row++) Append(builder, random, row);
            var bytes = new byte[builder.SizeBytes];
            _slices.Add(new RowBlockRange(new TopicPartition("events", number), 1, bytes.AsMemory(0, builder.WriteTo(bytes)), 0));
        }

        _sink = (PostgresSink)new PostgresSinkFactory().Create(new SinkContext { Pipeline = "bench", Owner = Name, Table = Definition, Executor = new TaskExecutor(), Time = TimeProvider.System });
        await _sink.OpenAsync(default);
        await CommitAsync("start", null, [], null, 0);
    }

    /// <summary>Commits all rows with their cursor, as a table grain would.</summary>
    public async Task WriteAsync()
    {
        var next = 0L;
        foreach (var group in _slices.Chunk(CommitRows / SliceRows))
        {
            var from = next;
            next += group.Sum(slice => slice.Rows);
            await CommitAsync($"{Name}-{from}", Stamp, group, from, next);
        }
    }

    private async Task CommitAsync(string id, DefinitionStamp? expected, IReadOnlyList<RowBlockRange> group, long? from, long next)
    {
        var result = await _sink!.CommitAsync(new SinkCommit
        {
            Batch = new SinkBatch { Id = id, Rows = group },
            ExpectedDefinition = expected,
            Definition = Stamp,
            Cursors = [new CursorMove(new CursorKey(new TopicPartition("events", number), 1), from, next)],
        }, default);
        if (!result.Committed) throw new InvalidOperationException($"Commit {id} was refused: is the database empty?");
    }

    private static void Append(RowBlockBuilder builder, Random random, int row)
    {
        var columns = builder.Columns;
        Text(columns[0], $"{random.NextInt64():x16}-{row}");
        columns[1].Append(1_700_000_000_000_000 + row * 1_000L);
        columns[2].Append((long)random.Next(1_000_000));
        columns[3].Append((long)row);
        Text(columns[4], $"SKU-{random.Next(10_000)}");
        columns[5].Append(random.Next(1, 10));
        columns[6].AppendDecimal(random.Next(1, 1_000_000));
        columns[7].Append(random.NextDouble());
        Text(columns[8], Countries[random.Next(Countries.Length)]);
        if (random.Next(10) == 0) columns[9].AppendNull();
        else columns[9].Append((byte)random.Next(2));
        builder.EndRow(row, 1_700_000_000_000_000 + row * 1_000L);
    }

    private static void Text(ColumnBuilder column, string text) => column.AppendBytes(System.Text.Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture)));

    private static ColumnDefinition Column(string name, ColumnKind kind, int precision = 0, int scale = 0) => new() { Name = name, Type = new ColumnType(kind, precision, scale), Path = [name] };
}
