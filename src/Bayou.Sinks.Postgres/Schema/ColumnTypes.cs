using Bayou.Definitions;

namespace Bayou.Sinks.Postgres;

/// <summary>Which types of PostgreSQL take the values of a column, and which one it gets when the table is made.</summary>
internal static class ColumnTypes
{
    /// <summary>The type in <c>CREATE TABLE</c>.</summary>
    public static string Create(ColumnType type) => type.Kind switch
    {
        ColumnKind.String => "text",
        ColumnKind.Int => "integer",
        ColumnKind.Long => "bigint",
        ColumnKind.Float => "real",
        ColumnKind.Double => "double precision",
        ColumnKind.Decimal => $"numeric({type.Precision},{type.Scale})",
        ColumnKind.Bool => "boolean",
        ColumnKind.Timestamp => "timestamp with time zone",
        ColumnKind.Date => "date",
        ColumnKind.Binary => "bytea",
        _ => "json",
    };

    /// <summary>How values are written to a column that is there; null when its type would not take every value as it is, apart from its length or its digits before the point.</summary>
    public static WireType? Wire(ColumnType type, CatalogColumn found) => (type.Kind, found.TypeName) switch
    {
        (ColumnKind.String, "text" or "varchar") => WireType.Bytes,
        (ColumnKind.Json, "json" or "text" or "varchar") => WireType.Bytes,
        (ColumnKind.Json, "jsonb") => WireType.Jsonb,
        (ColumnKind.Binary, "bytea") => WireType.Bytes,
        (ColumnKind.Int, "int4") => WireType.Int4,
        (ColumnKind.Int or ColumnKind.Long, "int8") => WireType.Int8,
        (ColumnKind.Float, "float4") => WireType.Float4,
        (ColumnKind.Float or ColumnKind.Double, "float8") => WireType.Float8,
        // A smaller scale would round.
        (ColumnKind.Decimal, "numeric") => found.NumericScale is { } scale && scale < type.Scale ? null : WireType.Numeric,
        (ColumnKind.Bool, "bool") => WireType.Bool,
        (ColumnKind.Timestamp, "timestamptz" or "timestamp") => WireType.Timestamp,
        (ColumnKind.Date, "date") => WireType.Date,
        _ => null,
    };
}
