using System.Globalization;
using System.Text;
using Bayou.Definitions;
using Bayou.Slices;

namespace Bayou.Cli.Sampling;

/// <summary>Writes a value of a row as text, exactly: timestamps and dates as ISO 8601 in UTC, decimals with all digits of their scale, bytes as base64.</summary>
internal static class CellText
{
    private static readonly DateOnly FirstDay = new(1970, 1, 1);

    /// <summary>The text of one value; null for null.</summary>
    public static string? Of(ColumnView column, ColumnType type, int row)
    {
        if (column.IsNull(row))
            return null;
        return type.Kind switch
        {
            ColumnKind.Bool => column.Fixed<byte>()[row] == 0 ? "false" : "true",
            ColumnKind.Int => column.Fixed<int>()[row].ToString(CultureInfo.InvariantCulture),
            ColumnKind.Long => column.Fixed<long>()[row].ToString(CultureInfo.InvariantCulture),
            ColumnKind.Float => column.Fixed<float>()[row].ToString("R", CultureInfo.InvariantCulture),
            ColumnKind.Double => column.Fixed<double>()[row].ToString("R", CultureInfo.InvariantCulture),
            ColumnKind.Decimal => Decimal(type.FixedWidth == 8 ? column.Fixed<long>()[row] : column.Fixed<Int128>()[row], type.Scale),
            ColumnKind.Date => FirstDay.AddDays(column.Fixed<int>()[row]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ColumnKind.Timestamp => DateTime.UnixEpoch.AddTicks(column.Fixed<long>()[row] * TimeSpan.TicksPerMicrosecond).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
            ColumnKind.Binary => Convert.ToBase64String(column.Bytes(row)),
            _ => Encoding.UTF8.GetString(column.Bytes(row)),
        };
    }

    private static string Decimal(Int128 unscaled, int scale)
    {
        var digits = Int128.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = unscaled < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }
}
