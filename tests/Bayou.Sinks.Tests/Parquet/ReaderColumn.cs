using System.Globalization;
using System.Text;
using Bayou.Sinks.Delta;

namespace Bayou.Parquet;

/// <summary>How other readers are asked for a column's values so that each comes as text, and what that text must be.</summary>
internal static class ReaderColumn
{
    /// <summary>The type in a Delta table's schema.</summary>
    public static string DeltaType(SchemaNode node) => (node.Logical.Kind, node.Physical) switch
    {
        (LogicalKind.String, _) => "string",
        (LogicalKind.Date, _) => "date",
        (LogicalKind.Timestamp, _) => "timestamp",
        (LogicalKind.Decimal, _) => $"decimal({node.Logical.Precision},{node.Logical.Scale})",
        (_, PhysicalType.Boolean) => "boolean",
        (_, PhysicalType.Int32) => "integer",
        (_, PhysicalType.Int64) => "long",
        (_, PhysicalType.Float) => "float",
        (_, PhysicalType.Double) => "double",
        _ => "binary",
    };

    /// <summary>The value as text, in DuckDB's SQL.</summary>
    public static string DuckDb(SchemaNode node) => DeltaType(node) switch
    {
        "binary" => $"lower(hex({Quoted(node)}))",
        "timestamp" => $"CAST(epoch_us({Quoted(node)}) AS VARCHAR)",
        "date" => $"CAST({Quoted(node)} - DATE '1970-01-01' AS VARCHAR)",
        _ => $"CAST({Quoted(node)} AS VARCHAR)",
    };

    /// <summary>The value as text, in the SQL of DataFusion, which delta-rs has.</summary>
    public static string DataFusion(SchemaNode node) => DeltaType(node) switch
    {
        "binary" => $"encode({Quoted(node)}, 'hex')",
        "timestamp" => $"CAST(arrow_cast({Quoted(node)}, 'Int64') AS VARCHAR)",
        "date" => $"CAST(arrow_cast({Quoted(node)}, 'Int32') AS VARCHAR)",
        _ => $"CAST({Quoted(node)} AS VARCHAR)",
    };

    /// <summary>A value that was written, in the form that <see cref="Read"/> gives what was read.</summary>
    public static string? Written(SchemaNode node, object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        float number => Bits(number),
        double number => Bits(number),
        byte[] bytes when node.Logical.Kind == LogicalKind.String => Encoding.UTF8.GetString(bytes),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        _ when node.Logical.Kind == LogicalKind.Decimal => DecimalText.Format(value is long small ? small : (Int128)value, node.Logical.Scale),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>What a reader printed. One zero before the point is a matter of taste, and so is how a number is written; its bits are not.</summary>
    public static string? Read(SchemaNode node, string? text) => DeltaType(node) switch
    {
        _ when text is null => null,
        "float" => Bits(float.Parse(Plain(text), CultureInfo.InvariantCulture)),
        "double" => Bits(double.Parse(Plain(text), CultureInfo.InvariantCulture)),
        var type when type.StartsWith("decimal", StringComparison.Ordinal) => text.StartsWith('.') ? "0" + text : text.StartsWith("-.", StringComparison.Ordinal) ? "-0" + text[1..] : text,
        _ => text,
    };

    private static string Quoted(SchemaNode node) => $"\"{node.Name}\"";

    private static string Plain(string text) => text.ToUpperInvariant() switch { "INF" => "Infinity", "-INF" => "-Infinity", "NAN" or "-NAN" => "NaN", _ => text };

    private static string Bits(float number) => float.IsNaN(number) ? "NaN" : $"{number:R} {BitConverter.SingleToInt32Bits(number):X8}";

    private static string Bits(double number) => double.IsNaN(number) ? "NaN" : $"{number:R} {BitConverter.DoubleToInt64Bits(number):X16}";
}
