using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Bayou.Definitions;
using Bayou.Parquet;

namespace Bayou.Sinks.Delta;

/// <summary>
/// Statistics of a data file, as section "Per-file Statistics" of the Delta Lake protocol has them. A bound that cannot be given rightly is left out. Instants
/// are bounded in whole milliseconds: the minimum is rounded down and the maximum up.
/// </summary>
internal static class FileStatistics
{
    /// <summary>Columns with statistics unless the table's property <c>delta.dataSkippingNumIndexedCols</c> says otherwise.</summary>
    public const int DefaultColumns = 32;

    private static readonly JsonWriterOptions Options = new() { Encoder = LogTextEncoder.Instance };

    private delegate string? Bound(ColumnStatistics statistics, ColumnType type);

    /// <summary>The statistics as JSON text.</summary>
    /// <param name="info">What the writer knows of the file.</param>
    /// <param name="columns">The file's columns, in the file's order.</param>
    /// <param name="limit">How many of them, from the first, have statistics.</param>
    public static string Write(ParquetFileInfo info, IReadOnlyList<TableColumn> columns, int limit)
    {
        var count = Math.Min(limit, columns.Count);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("numRecords", info.Rows);
            WriteBounds(json, "minValues", info, columns, count, Minimum);
            WriteBounds(json, "maxValues", info, columns, count, Maximum);
            json.WriteStartObject("nullCount");
            for (var i = 0; i < count; i++)
                if (info.Columns[i].NullCount is { } nulls) json.WriteNumber(columns[i].Name, nulls);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>How many columns of a table's files have statistics, by its properties; those of a table to be made, when null.</summary>
    public static int ColumnsOf(MetadataAction? metadata)
    {
        var text = metadata?.Configuration.GetValueOrDefault("delta.dataSkippingNumIndexedCols");
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var columns)) return DefaultColumns;
        return columns < 0 ? int.MaxValue : columns;
    }

    private static void WriteBounds(
        Utf8JsonWriter json, string name, ParquetFileInfo info, IReadOnlyList<TableColumn> columns, int count, Bound bound)
    {
        json.WriteStartObject(name);
        for (var i = 0; i < count; i++)
        {
            if (!info.Columns[i].HasBounds || bound(info.Columns[i], columns[i].Type) is not { } value) continue;
            json.WritePropertyName(columns[i].Name);
            if (IsText(columns[i].Type.Kind)) json.WriteStringValue(value);
            else json.WriteRawValue(value);
        }

        json.WriteEndObject();
    }

    private static bool IsText(ColumnKind kind) => kind is ColumnKind.String or ColumnKind.Json or ColumnKind.Date or ColumnKind.Timestamp;

    private static string? Minimum(ColumnStatistics s, ColumnType type) => type.Kind switch
    {
        ColumnKind.String or ColumnKind.Json => StringBound.Lower(s.Min),
        ColumnKind.Timestamp => DateText.TryFormatMilliseconds(FloorMilliseconds(s.MinAs<long>())),
        _ => Fixed(s.MinAs<int>, s.MinAs<long>, s.MinAs<float>, s.MinAs<double>, s.MinAs<Int128>, type),
    };

    private static string? Maximum(ColumnStatistics s, ColumnType type) => type.Kind switch
    {
        ColumnKind.String or ColumnKind.Json => StringBound.Upper(s.Max, s.IsMaxExact),
        ColumnKind.Timestamp => DateText.TryFormatMilliseconds(-FloorMilliseconds(-Math.Max(s.MaxAs<long>(), -long.MaxValue))),
        _ => Fixed(s.MaxAs<int>, s.MaxAs<long>, s.MaxAs<float>, s.MaxAs<double>, s.MaxAs<Int128>, type),
    };

    private static string? Fixed(Func<int> int32, Func<long> int64, Func<float> single, Func<double> twice, Func<Int128> wide, ColumnType type) => type.Kind switch
    {
        ColumnKind.Int => int32().ToString(),
        ColumnKind.Long => int64().ToString(),
        ColumnKind.Float => float.IsFinite(single()) ? Number(single(), single().ToString("R")) : null,
        ColumnKind.Double => double.IsFinite(twice()) ? Number(twice(), twice().ToString("R")) : null,
        ColumnKind.Date => DateText.TryFormat(int32()),
        ColumnKind.Decimal => DecimalText.Format(type.Precision <= 9 ? int32() : type.Precision <= 18 ? int64() : wide(), type.Scale),
        _ => null,
    };

    // Without a point it would be an integer to some parsers, and those have no -0.
    private static string Number(double value, string text) => value == 0 && double.IsNegative(value) ? "-0.0" : text;

    private static long FloorMilliseconds(long microseconds) => microseconds >= 0 ? microseconds / 1000 : -((-(microseconds + 1) / 1000) + 1);
}
