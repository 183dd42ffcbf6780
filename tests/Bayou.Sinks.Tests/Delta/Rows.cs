using System.Text;
using Bayou.Definitions;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Sinks.Tests.Delta;

/// <summary>Makes row blocks out of values.</summary>
internal static class Rows
{
    /// <summary>A block with one row for each of <paramref name="values"/>: string, int, long, float, double, Int128 (decimals), bool, byte[] or null a column.</summary>
    public static RowBlockRange Block(
        TableDefinition table, long firstOffset, object?[][] values, string topic = "events", int partition = 0, int generation = 1, int firstRow = 0)
    {
        var builder = new RowBlockBuilder(table.Columns);
        for (var row = 0; row < values.Length; row++)
        {
            for (var i = 0; i < values[row].Length; i++) Append(builder.Columns[i], values[row][i]);
            builder.EndRow(firstOffset + row, 1_700_000_000_000_000 + (firstOffset + row) * 1_000_001);
        }

        var bytes = new byte[builder.SizeBytes];
        var length = builder.WriteTo(bytes);
        return new RowBlockRange(new TopicPartition(topic, partition), generation, bytes.AsMemory(0, length), firstRow);
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
