using System.Globalization;
using System.Numerics;
using System.Text;
using Bayou.Definitions;

namespace Bayou.Sinks.Memory;

/// <summary>A value to compare a column with, in the column's own type.</summary>
internal sealed class FilterLiteral
{
    private static readonly string[] InstantFormats = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFK"];

    private readonly ColumnType _type;
    private readonly byte[] _text = [];
    private readonly double _number;
    private readonly BigInteger _exact;
    private readonly int _scale;

    private FilterLiteral(ColumnType type, byte[]? text = null, double number = 0, BigInteger exact = default, int scale = 0) =>
        (_type, _text, _number, _exact, _scale) = (type, text ?? [], number, exact, scale);

    /// <summary>The literal that <paramref name="token"/> is for a column.</summary>
    /// <exception cref="FormatException">It is none of the column's type.</exception>
    public static FilterLiteral Parse(string token, ColumnDefinition column)
    {
        var quoted = token.StartsWith('\'') ? token[1..] : null;
        return column.Type.Kind switch
        {
            ColumnKind.String or ColumnKind.Json when quoted is not null => new FilterLiteral(column.Type, text: Encoding.UTF8.GetBytes(quoted)),
            ColumnKind.Bool when token is "true" or "false" => new FilterLiteral(column.Type, exact: token == "true" ? 1 : 0),
            ColumnKind.Float or ColumnKind.Double when double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => new FilterLiteral(column.Type, number: number),
            ColumnKind.Int or ColumnKind.Long or ColumnKind.Decimal when TryExact(token, out var exact, out var scale) => new FilterLiteral(column.Type, exact: exact, scale: scale),
            ColumnKind.Date when DateOnly.TryParseExact(quoted, "yyyy-MM-dd", out var day) => new FilterLiteral(column.Type, exact: day.DayNumber - new DateOnly(1970, 1, 1).DayNumber),
            ColumnKind.Timestamp when DateTime.TryParseExact(quoted, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var instant) =>
                new FilterLiteral(column.Type, exact: (instant - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond),
            _ => throw new FormatException($"{(quoted is null ? token : $"'{quoted}'")} is no value for column {column.Name}, which is {column.Type}; {Form(column.Type.Kind)}."),
        };
    }

    /// <summary>How a row's value compares with the literal: below zero when it is less; null when they have no order (NaN).</summary>
    public int? Compare(RowView row, int column)
    {
        switch (_type.Kind)
        {
            case ColumnKind.String or ColumnKind.Json: return row.Bytes(column).SequenceCompareTo(_text);
            case ColumnKind.Float: return Order(row.Fixed<float>(column));
            case ColumnKind.Double: return Order(row.Fixed<double>(column));
            case ColumnKind.Bool: return ((BigInteger)row.Fixed<byte>(column)).CompareTo(_exact);
            case ColumnKind.Int or ColumnKind.Date: return Exact(row.Fixed<int>(column), 0);
            case ColumnKind.Decimal: return Exact((BigInteger)row.Decimal(column), _type.Scale);
            default: return Exact(row.Fixed<long>(column), 0);
        }
    }

    private int? Order(double value) => double.IsNaN(value) || double.IsNaN(_number) ? null : value.CompareTo(_number);

    private int Exact(BigInteger value, int scale) => (value * BigInteger.Pow(10, _scale)).CompareTo(_exact * BigInteger.Pow(10, scale));

    private static bool TryExact(string token, out BigInteger exact, out int scale)
    {
        var point = token.IndexOf('.', StringComparison.Ordinal);
        scale = point < 0 ? 0 : token.Length - point - 1;
        exact = default;
        return token.Length <= 100 && BigInteger.TryParse(point < 0 ? token : token.Remove(point, 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exact);
    }

    private static string Form(ColumnKind kind) => kind switch
    {
        ColumnKind.String or ColumnKind.Json => "text stands in single quotes",
        ColumnKind.Bool => "true or false",
        ColumnKind.Date => "a day is written '2024-05-31'",
        ColumnKind.Timestamp => "an instant is written '2024-05-31 12:00:00', in UTC",
        ColumnKind.Binary => "bytes can only be asked for null",
        _ => "a number is written without quotes",
    };
}
