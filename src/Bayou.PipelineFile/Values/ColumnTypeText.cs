using System.Globalization;
using Bayou.Definitions;

namespace Bayou.PipelineFile.Values;

/// <summary>Column types as the file spells them.</summary>
internal static class ColumnTypeText
{
    private const string DecimalForm = "decimal(precision,scale)";

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["integer"] = "int", ["int32"] = "int", ["short"] = "int", ["bigint"] = "long", ["int64"] = "long", ["real"] = "float",
        ["number"] = "double", ["float64"] = "double", ["numeric"] = DecimalForm, ["decimal"] = DecimalForm, ["boolean"] = "bool",
        ["datetime"] = "timestamp", ["timestamptz"] = "timestamp", ["bytes"] = "binary", ["text"] = "string", ["varchar"] = "string",
        ["object"] = "json", ["struct"] = "json", ["jsonb"] = "json",
    };

    private static readonly Dictionary<string, ColumnKind> Kinds = Enum.GetValues<ColumnKind>()
        .Where(kind => kind != ColumnKind.Decimal)
        .ToDictionary(kind => kind.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Every type, in the order of <see cref="ColumnKind"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Enum.GetValues<ColumnKind>().Select(kind => kind == ColumnKind.Decimal ? DecimalForm : kind.ToString().ToLowerInvariant())];

    /// <summary>A regular expression for every type, without anchors.</summary>
    public static string Pattern { get; } = $@"{string.Join('|', Kinds.Keys)}|decimal\( *[0-9]+ *, *[0-9]+ *\)";

    /// <summary>The type; otherwise null and what is wrong with <paramref name="shown"/>.</summary>
    public static ColumnType? Parse(string text, string shown, out string error)
    {
        error = "";
        if (Kinds.TryGetValue(text, out var kind)) return new ColumnType(kind);
        if (IsCutDecimal(text))
        {
            error = $"{shown} is half of a type: inside {{ }} a comma ends the value; put the type in quotes, 'decimal(12,2)'";
            return null;
        }
        if (text.StartsWith("decimal(", StringComparison.Ordinal) && text.EndsWith(')')) return Decimal(text, shown, ref error);
        var meant = OtherNames.GetValueOrDefault(text) ?? NearestName.Find(text, Names);
        error = $"{shown} is not a column type{(meant is null ? "" : $"; did you mean '{meant}'?")}; allowed: {string.Join(", ", Names)}";
        return null;
    }

    /// <summary>True for the part of a decimal type before the comma, as it is left by a mapping in braces.</summary>
    public static bool IsCutDecimal(string text) =>
        text.StartsWith("decimal(", StringComparison.Ordinal) && text.AsSpan(8).Trim(' ') is { Length: > 0 } digits && !digits.ContainsAnyExceptInRange('0', '9');

    /// <summary>True for the part of a decimal type after the comma, as it is left by a mapping in braces.</summary>
    public static bool IsCutScale(string text) =>
        text.Length > 1 && text[^1] == ')' && !text.AsSpan(0, text.Length - 1).Trim(' ').ContainsAnyExceptInRange('0', '9');

    private static ColumnType? Decimal(string text, string shown, ref string error)
    {
        var parts = text["decimal(".Length..^1].Split(',');
        if (parts.Length == 2 && Digits(parts[0]) is { } precision && Digits(parts[1]) is { } scale && precision is >= 1 and <= 38 && scale <= precision)
            return new ColumnType(ColumnKind.Decimal, precision, scale);
        error = $"{shown} is not a decimal type; allowed: {DecimalForm} with a precision of 1 to 38 digits and a scale of 0 to the precision";
        return null;
    }

    private static int? Digits(string part) =>
        int.TryParse(part.Trim(' '), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
