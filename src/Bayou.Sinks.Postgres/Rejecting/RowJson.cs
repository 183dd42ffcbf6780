using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Bayou.Definitions;
using Bayou.Slices;

namespace Bayou.Sinks.Postgres;

/// <summary>
/// A row as a JSON object, in ASCII so that a database of any encoding takes it. Decimals and JSON documents are text; bytes, and text that is not UTF-8, are <c>base64:</c> and their encoding;
/// instants and days outside of the years 1 to 9999 are numbers as in <see cref="ColumnKind"/>.
/// </summary>
internal static class RowJson
{
    public static string Write(TableLayout layout, RowRange row)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            var block = row.Source.Open();
            json.WriteStartObject();
            foreach (var column in layout.Columns.Where(column => column.Index >= 0))
            {
                json.WritePropertyName(column.Name);
                var view = block.Column(column.Index);
                if (view.IsNull(row.First)) json.WriteNullValue();
                else WriteValue(json, column.Type, view, row.First);
            }

            json.WriteEndObject();
        }

        return Encoding.ASCII.GetString(output.WrittenSpan);
    }

    private static void WriteValue(Utf8JsonWriter json, ColumnType type, ColumnView view, int row)
    {
        switch (type.Kind)
        {
            case ColumnKind.Int: json.WriteNumberValue(view.Fixed<int>()[row]); break;
            case ColumnKind.Long: json.WriteNumberValue(view.Fixed<long>()[row]); break;
            case ColumnKind.Bool: json.WriteBooleanValue(view.Fixed<byte>()[row] != 0); break;
            case ColumnKind.Float: WriteNumber(json, view.Fixed<float>()[row].ToString("R", CultureInfo.InvariantCulture), float.IsFinite(view.Fixed<float>()[row])); break;
            case ColumnKind.Double: WriteNumber(json, view.Fixed<double>()[row].ToString("R", CultureInfo.InvariantCulture), double.IsFinite(view.Fixed<double>()[row])); break;
            case ColumnKind.Decimal: json.WriteStringValue(Decimal(type.FixedWidth == 8 ? view.Fixed<long>()[row] : view.Fixed<Int128>()[row], type.Scale)); break;
            case ColumnKind.Timestamp: WriteTimestamp(json, view.Fixed<long>()[row]); break;
            case ColumnKind.Date: WriteDate(json, view.Fixed<int>()[row]); break;
            case ColumnKind.Binary: json.WriteStringValue("base64:" + Convert.ToBase64String(view.Bytes(row))); break;
            default:
                if (Utf8.IsValid(view.Bytes(row))) json.WriteStringValue(view.Bytes(row));
                else json.WriteStringValue("base64:" + Convert.ToBase64String(view.Bytes(row)));
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string text, bool isFinite)
    {
        if (isFinite) json.WriteRawValue(text);
        else json.WriteStringValue(text);
    }

    private static void WriteTimestamp(Utf8JsonWriter json, long microseconds)
    {
        var (least, most) = ((DateTime.MinValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        if (microseconds < least || microseconds > most) json.WriteNumberValue(microseconds);
        else json.WriteStringValue(DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).ToString("O", CultureInfo.InvariantCulture));
    }

    private static void WriteDate(Utf8JsonWriter json, int days)
    {
        var epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        if (days < -epoch || days > DateOnly.MaxValue.DayNumber - epoch) json.WriteNumberValue(days);
        else json.WriteStringValue(DateOnly.FromDayNumber(days + epoch).ToString("O", CultureInfo.InvariantCulture));
    }

    private static string Decimal(Int128 unscaled, int scale)
    {
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (unscaled < 0 ? "-" : "") + (scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}");
    }
}
