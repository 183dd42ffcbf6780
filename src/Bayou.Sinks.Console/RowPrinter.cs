using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Bayou.Definitions;

namespace Bayou.Sinks.Console;

/// <summary>Rows as lines. Whatever comes out of an event is escaped to plain ASCII, so that no terminal takes it for a command.</summary>
internal sealed class RowPrinter(TableDefinition table, ConsoleFormat format)
{
    // The default encoder, unlike laxer ones, lets nothing through that a terminal could act on.
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>The first rows of a batch, at most <paramref name="most"/>, each with a line end behind it; and how many they are.</summary>
    public (string Text, int Rows) Print(SinkBatch batch, long most)
    {
        _buffer.Clear();
        using var json = new Utf8JsonWriter(_buffer);
        var rows = new RowReader(batch, table);
        var count = 0;
        while (count < most && rows.Read())
        {
            if (format == ConsoleFormat.Json) PrintJson(json, rows.Current);
            else PrintPretty(json, rows.Current);
            _buffer.Write("\n"u8);
            count++;
        }

        return (Encoding.UTF8.GetString(_buffer.WrittenSpan), count);
    }

    private void PrintJson(Utf8JsonWriter json, RowView row)
    {
        json.WriteStartObject();
        json.WriteString("table"u8, table.Name);
        json.WritePropertyName("row"u8);
        RowJson.Write(json, row, table);
        json.WriteEndObject();
        End(json);
    }

    private void PrintPretty(Utf8JsonWriter json, RowView row)
    {
        var time = row.Timestamp is { } instant ? instant.ToString(" yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";
        Append($"{table.Name}  {row.Partition}@{row.Offset}{time} ");
        for (var column = 0; column < row.Columns; column++)
        {
            if (row.IsNull(column)) continue;
            Append($" {row.Column(column).Name}=");
            RowJson.WriteValue(json, row, column);
            End(json);
        }
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, _buffer);

    private static void End(Utf8JsonWriter json)
    {
        json.Flush();
        json.Reset();
    }
}
