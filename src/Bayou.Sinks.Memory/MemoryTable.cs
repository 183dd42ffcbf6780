using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bayou.Definitions;
using Bayou.Memory;

namespace Bayou.Sinks.Memory;

/// <summary>The latest rows of a table as they came, block by block, within bounds. Not safe for concurrent use.</summary>
internal sealed class MemoryTable
{
    private readonly Queue<Held> _blocks = new();
    private TableDefinition? _table;
    private long _rows;
    private long _bytes;
    private long _arrived;

    /// <summary>Adds rows, and lets go of the oldest ones beyond the bounds.</summary>
    public void Append(MemoryAppend append)
    {
        _table = append.Table;
        foreach (var block in append.Blocks)
        {
            var held = new Held(append.Table, new RowBlockRange(block.Partition, block.Generation, block.Bytes, block.FirstRow));
            _blocks.Enqueue(held);
            _rows += held.Range.Rows;
            _arrived += held.Range.Rows;
            _bytes += block.Bytes.Length;
        }

        while (_blocks.Count > 1 && (_bytes > append.MostBytes || _rows - _blocks.Peek().Range.Rows >= append.MostRows)) Drop(_blocks.Dequeue());
        if (_rows > append.MostRows) Trim(_blocks.Peek(), (int)(_rows - append.MostRows));
    }

    /// <summary>The latest rows that fulfil the condition.</summary>
    /// <exception cref="FormatException">The condition cannot be read; the message says where.</exception>
    public MemoryResult Query(MemoryQuery query)
    {
        if (query.Limit < 1) throw new FormatException($"The limit is {query.Limit}; it is at least 1.");
        var filter = _table is null ? RowFilter.All : RowFilter.Parse(query.Where, _table);
        var found = new Queue<string>();
        var matched = 0L;
        foreach (var block in _blocks)
        {
            var rows = block.Read();
            while (rows.Read())
            {
                if (!filter.Admits(rows.Current)) continue;
                matched++;
                found.Enqueue(Json(rows.Current, block.Table));
                if (found.Count > query.Limit) found.Dequeue();
            }
        }

        return new MemoryResult { Rows = [.. found], Matched = matched, Held = _rows, Arrived = _arrived };
    }

    private static string Json(RowView row, TableDefinition table)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default })) RowJson.Write(json, row, table);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void Drop(Held held)
    {
        _rows -= held.Range.Rows;
        _bytes -= held.Range.Block.Length;
    }

    private void Trim(Held held, int rows)
    {
        held.Range = held.Range with { FirstRow = held.Range.FirstRow + rows };
        _rows -= rows;
    }

    private sealed class Held(TableDefinition table, RowBlockRange range)
    {
        public TableDefinition Table { get; } = table;

        public RowBlockRange Range { get; set; } = range;

        public RowReader Read() => new(new SinkBatch { Id = "", Rows = [Range] }, Table);
    }
}
