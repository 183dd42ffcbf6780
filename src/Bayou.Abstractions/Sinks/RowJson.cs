using System.Globalization;
using System.Text.Json;
using Bayou.Definitions;

namespace Bayou.Sinks;

/// <summary>
/// A row as one JSON object: the metadata columns, unless the table is without them, and then its own, in the definition's order. Numbers are numbers, decimals with all their digits;
/// NaN and infinities are the words <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>; bytes are Base64; days and instants (UTC) are ISO 8601, or numbers outside the years 1 to 9999;
/// JSON columns are text, as they are kept.
/// </summary>
public static class RowJson
{
    private const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    /// <summary>Writes the row.</summary>
    public static void Write(Utf8JsonWriter json, RowView row, TableDefinition table)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(table);
        json.WriteStartObject();
        if (table.Metadata) WriteMetadata(json, row);
        for (var column = 0; column < row.Columns; column++)
        {
            json.WritePropertyName(row.Column(column).Name);
            WriteValue(json, row, column);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes one value, without its name.</summary>
    public static void WriteValue(Utf8JsonWriter json, RowView row, int column)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (row.IsNull(column))
        {
            json.WriteNullValue();
            return;
        }

        switch (row.Column(column).Type.Kind)
        {
            case ColumnKind.String or ColumnKind.Json: json.WriteStringValue(row.Bytes(column)); break;
            case ColumnKind.Binary: json.WriteBase64StringValue(row.Bytes(column)); break;
            case ColumnKind.Decimal: json.WriteRawValue((string)row.Value(column)!); break;
            default: WritePlain(json, row.Value(column)); break;
        }
    }

    private static void WriteMetadata(Utf8JsonWriter json, RowView row)
    {
        json.WriteString(MetadataColumns.Topic, row.Partition.Topic);
        json.WriteNumber(MetadataColumns.Partition, row.Partition.Partition);
        json.WriteNumber(MetadataColumns.Offset, row.Offset);
        json.WritePropertyName(MetadataColumns.Timestamp);
        WritePlain(json, row.TimestampMicroseconds == long.MinValue ? null : PlainValues.Instant(row.TimestampMicroseconds));
        if (row.Generation > 1) json.WriteNumber(MetadataColumns.Generation, row.Generation);
    }

    private static void WritePlain(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case float or double: json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
            case DateOnly day: json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DateTime instant: json.WriteStringValue(instant.ToString(InstantFormat, CultureInfo.InvariantCulture)); break;
            default: throw new ArgumentException($"A value of {value.GetType()} has no JSON form here.", nameof(value));
        }
    }
}
