using System.Globalization;
using System.Text.Json;
using Bayou.Definitions;

namespace Bayou.Sinks.TestKit;

/// <summary>Reads rows back that were written as JSON.</summary>
public static class StoredRowJson
{
    /// <summary>The row of a JSON object as <see cref="RowJson"/> writes it.</summary>
    public static StoredRow Read(JsonElement row, TableDefinition table) => new()
    {
        Topic = row.GetProperty(MetadataColumns.Topic).GetString()!,
        Partition = row.GetProperty(MetadataColumns.Partition).GetInt32(),
        Offset = row.GetProperty(MetadataColumns.Offset).GetInt64(),
        TimestampMicroseconds = (Instant(row.GetProperty(MetadataColumns.Timestamp)) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
        Values = [.. table.Columns.Select(column => Value(row.GetProperty(column.Name), column.Type.Kind))],
    };

    private static object? Value(JsonElement value, ColumnKind kind) => value.ValueKind == JsonValueKind.Null ? null : kind switch
    {
        ColumnKind.Int => value.GetInt32(),
        ColumnKind.Long => value.GetInt64(),
        ColumnKind.Float => value.ValueKind == JsonValueKind.String ? float.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetSingle(),
        ColumnKind.Double => value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDouble(),
        ColumnKind.Decimal => value.GetRawText(),
        ColumnKind.Bool => value.GetBoolean(),
        ColumnKind.Timestamp => Instant(value),
        ColumnKind.Date => DateOnly.ParseExact(value.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        ColumnKind.Binary => value.GetBytesFromBase64(),
        _ => value.GetString(),
    };

    private static DateTime Instant(JsonElement value) =>
        DateTime.ParseExact(value.GetString()!, "yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
