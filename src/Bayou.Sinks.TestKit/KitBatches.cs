using System.Text;
using Bayou.Definitions;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Sinks.TestKit;

/// <summary>Makes batches out of rows, as a host hands them on: a block for each partition.</summary>
internal static class KitBatches
{
    /// <summary>A batch of <paramref name="rows"/>; those of a partition in offset order.</summary>
    public static SinkBatch Create(TableDefinition table, string id, IEnumerable<KitRow> rows, int firstRow = 0) => new()
    {
        Id = id,
        Rows = [.. rows.GroupBy(row => row.Partition).Select(group => Block(table, group.Key, [.. group], firstRow))],
    };

    /// <summary>How a batch moves the cursors of its partitions: from each one's first offset to behind its last.</summary>
    public static IReadOnlyList<CursorMove> Moves(SinkBatch batch) =>
        [.. batch.Rows.Select(range => new CursorMove(new CursorKey(range.Partition, range.Generation), range.Open().Offsets[range.FirstRow], OffsetRange.NextAfter(range.Open().Offsets[^1])))];

    private static RowBlockRange Block(TableDefinition table, int partition, IReadOnlyList<KitRow> rows, int firstRow)
    {
        var builder = new RowBlockBuilder(table.Columns);
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Values.Count; i++) Append(builder.Columns[i], row.Values[i].Written);
            builder.EndRow(row.Offset, row.TimestampMicroseconds);
        }

        var bytes = new byte[builder.SizeBytes];
        return new RowBlockRange(new TopicPartition(KitRow.Topic, partition), 1, bytes.AsMemory(0, builder.WriteTo(bytes)), firstRow);
    }

    private static void Append(ColumnBuilder column, object? value)
    {
        switch (value)
        {
            case null: column.AppendNull(); break;
            case string text: column.AppendBytes(Encoding.UTF8.GetBytes(text)); break;
            case byte[] bytes: column.AppendBytes(bytes); break;
            case bool flag: column.Append(flag ? (byte)1 : (byte)0); break;
            case int number: column.Append(number); break;
            case long number: column.Append(number); break;
            case float number: column.Append(number); break;
            case double number: column.Append(number); break;
            case Int128 number: column.AppendDecimal(number); break;
            default: throw new ArgumentException($"No column takes {value.GetType()}.", nameof(value));
        }
    }
}
