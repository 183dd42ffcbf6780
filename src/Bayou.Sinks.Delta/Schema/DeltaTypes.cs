using System.Globalization;
using Bayou.Definitions;

namespace Bayou.Sinks.Delta;

/// <summary>Names of types: those of the Delta Lake protocol for those of a pipeline file.</summary>
internal static class DeltaTypes
{
    /// <summary>The type that a column has in a Delta table.</summary>
    public static string NameOf(ColumnType type) => type.Kind switch
    {
        ColumnKind.Int => "integer",
        ColumnKind.Bool => "boolean",
        ColumnKind.Json => "string",
        _ => type.ToString(),
    };

    /// <summary>The type with this name; null for one that a pipeline file cannot name.</summary>
    public static ColumnType? Parse(string name) => name switch
    {
        "string" => new ColumnType(ColumnKind.String),
        "integer" => new ColumnType(ColumnKind.Int),
        "long" => new ColumnType(ColumnKind.Long),
        "float" => new ColumnType(ColumnKind.Float),
        "double" => new ColumnType(ColumnKind.Double),
        "boolean" => new ColumnType(ColumnKind.Bool),
        "timestamp" => new ColumnType(ColumnKind.Timestamp),
        "date" => new ColumnType(ColumnKind.Date),
        "binary" => new ColumnType(ColumnKind.Binary),
        _ => ParseDecimal(name),
    };

    private static ColumnType? ParseDecimal(string name)
    {
        if (!name.StartsWith("decimal(", StringComparison.Ordinal) || !name.EndsWith(')')) return null;
        var parts = name["decimal(".Length..^1].Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var precision)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var scale)
            && precision is >= 1 and <= 38 && scale <= precision
            ? new ColumnType(ColumnKind.Decimal, precision, scale)
            : null;
    }
}
