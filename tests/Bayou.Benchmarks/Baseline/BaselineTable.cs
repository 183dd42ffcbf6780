using System.Globalization;
using System.Text;
using System.Text.Json;
using Bayou.Definitions;
using Bayou.Slices;
using Bayou.Sinks;
using Bayou.Sinks.Delta;
using Bayou.Sources;

namespace Bayou.Benchmarks.Baseline;

/// <summary>One table of the baseline: values of parsed events in column builders, one set for each partition, and Bayou's own Delta writer.</summary>
internal sealed class BaselineTable : IAsyncDisposable
{
    private readonly TableDefinition _table;
    private readonly ISink _sink;
    private readonly SortedDictionary<int, RowBlockBuilder> _partitions = [];
    private int _commits;

    public BaselineTable(string pipeline, TableDefinition table)
    {
        _table = table;
        _sink = new DeltaSinkFactory().Create(new SinkContext { Pipeline = pipeline, Owner = table.Name, Table = table, Executor = new PoolExecutor(), Time = TimeProvider.System });
    }

    /// <summary>Opens the sink.</summary>
    public Task OpenAsync() => _sink.OpenAsync(default);

    /// <summary>Adds an event as a row.</summary>
    public void Add(int partition, long offset, long timestampMilliseconds, JsonElement values)
    {
        if (!_partitions.TryGetValue(partition, out var rows)) _partitions.Add(partition, rows = new RowBlockBuilder(_table.Columns));
        for (var i = 0; i < _table.Columns.Length; i++)
            if (values.TryGetProperty(_table.Columns[i].Name, out var value) && value.ValueKind != JsonValueKind.Null) Append(rows.Columns[i], value);
        rows.EndRow(offset, timestampMilliseconds * 1000);
    }

    /// <summary>Writes all rows as one commit.</summary>
    public async Task CommitAsync(string topic)
    {
        var blocks = new List<RowBlockRange>();
        foreach (var (partition, rows) in _partitions.Where(entry => entry.Value.Rows > 0))
        {
            var bytes = new byte[rows.SizeBytes];
            blocks.Add(new RowBlockRange(new TopicPartition(topic, partition), 1, bytes.AsMemory(0, rows.WriteTo(bytes)), 0));
            rows.Reset();
        }

        if (blocks.Count > 0) await _sink.WriteAsync(new SinkBatch { Id = $"{_table.Name}-{_commits++}", Rows = blocks }, default);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _sink.DisposeAsync();

    private static void Append(ColumnBuilder column, JsonElement value)
    {
        switch (column.Type.Kind)
        {
            case ColumnKind.String: column.AppendBytes(Encoding.UTF8.GetBytes(value.GetString()!)); break;
            case ColumnKind.Int: column.Append(value.GetInt32()); break;
            case ColumnKind.Long: column.Append(value.GetInt64()); break;
            case ColumnKind.Double: column.Append(value.GetDouble()); break;
            case ColumnKind.Bool: column.Append(value.GetBoolean() ? (byte)1 : (byte)0); break;
            case ColumnKind.Timestamp: column.Append(value.GetDateTimeOffset().ToUnixTimeMilliseconds() * 1000); break;
            case ColumnKind.Decimal: column.AppendDecimal((Int128)(value.GetDecimal() * (decimal)Math.Pow(10, column.Type.Scale))); break;
            default: throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"The baseline writes no column of type {column.Type}. The run does not count."));
        }
    }
}
