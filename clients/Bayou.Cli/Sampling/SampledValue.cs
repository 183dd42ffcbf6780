using System.Text;
using System.Text.Json.Nodes;
using Bayou.Console.Rendering;
using Bayou.Definitions;

namespace Bayou.Cli.Sampling;

/// <summary>One value of a row that a record would become.</summary>
/// <param name="Column">The column.</param>
/// <param name="Text">The value as <see cref="CellText"/> writes it; null for null.</param>
internal sealed record SampledValue(ColumnDefinition Column, string? Text)
{
    private const int ShownBytes = 200;

    /// <summary>The value for a terminal, harmless, texts in quotes and cut when they are long.</summary>
    public override string ToString() => Text is null ? "null" : Column.Type.Kind switch
    {
        ColumnKind.String => $"\"{Shown(Text)}\"",
        _ => Shown(Text),
    };

    /// <summary>The value as JSON: whole numbers, floating-point numbers and truth values as such, everything else as its text.</summary>
    public JsonNode? ToJson() => Text is null ? null : Column.Type.Kind switch
    {
        ColumnKind.Int or ColumnKind.Long or ColumnKind.Float or ColumnKind.Double or ColumnKind.Bool => JsonNode.Parse(Text),
        _ => JsonValue.Create(Text),
    };

    private static string Shown(string text) => TerminalText.Escape(Encoding.UTF8.GetBytes(text), ShownBytes);
}
