using System.Text.Json.Nodes;
using Bayou.PipelineFile.Keys;
using Bayou.PipelineFile.Values;

namespace Bayou.PipelineFile.Schema;

/// <summary>The schema of keys by their shape. Any value may also be text with <c>${NAME}</c> in it, where the shape is not text anyway.</summary>
internal static class KeySchema
{
    /// <summary>A mapping that takes the keys of a table and no others.</summary>
    public static JsonObject Section(KeyTable table)
    {
        var properties = new JsonObject();
        foreach (var key in table.Keys) properties[key.Name] = Described(Value(key), key.Description);
        var section = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        var required = table.Keys.Where(k => k.Required).Select(k => (JsonNode)k.Name).ToArray();
        if (required.Length > 0) section["required"] = new JsonArray(required);
        return section;
    }

    /// <summary>The same schema with a description.</summary>
    public static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    public static JsonObject Text() => new() { ["type"] = "string", ["minLength"] = 1 };

    /// <summary>Text, or a bare number or flag that is taken as text.</summary>
    public static JsonObject Scalar() => new() { ["type"] = Types("string", "number", "boolean") };

    public static JsonObject ListOf(JsonObject item) => new() { ["type"] = "array", ["items"] = item, ["uniqueItems"] = true };

    public static JsonObject Flag() => OrVariable(new JsonObject { ["type"] = "boolean" });

    public static JsonObject WholeNumber(long? least = null)
    {
        var number = new JsonObject { ["type"] = "integer" };
        if (least is not null) number["minimum"] = least;
        return OrVariable(number);
    }

    public static JsonObject Duration() => Pattern("^([0-9]+ *(ms|s|m|h|d)|.*\\$\\{.*)$");

    private static JsonObject Value(FileKey key) => key.Shape switch
    {
        KeyShape.Name => Pattern($"({EntityName.Pattern}|\\$\\{{)"),
        KeyShape.TextList => AnyOf(Scalar(), ListOf(Scalar())),
        KeyShape.FieldPath => AnyOf(Text(), new JsonObject { ["type"] = "array", ["items"] = Text(), ["minItems"] = 1, ["maxItems"] = FieldPathText.MaxLevels }),
        KeyShape.Flag => Flag(),
        KeyShape.Duration => Duration(),
        KeyShape.Size => AnyOf(new JsonObject { ["type"] = "integer", ["minimum"] = 0 }, Pattern("^([0-9]+ *([kKmMgG]([iI])?)?[bB]|[0-9]+|.*\\$\\{.*)$")),
        KeyShape.Count => WholeNumber(1),
        KeyShape.Choice => OrVariable(Enumeration(key.Choices)),
        KeyShape.ColumnType => ColumnType(),
        KeyShape.Section => Section(key.Section!),
        KeyShape.Tables => MapOf(EntityName.Pattern, Reference("table")),
        KeyShape.Columns => MapOf("^[^_]", AnyOf(ColumnType(), Reference("column"))),
        KeyShape.Sink => Reference("sink"),
        KeyShape.Source => Reference("source"),
        KeyShape.Start => AnyOf(Enumeration(["earliest", "latest"]), Text(), OneKeyOf(FileKeys.Start)),
        KeyShape.Instant => AnyOf(Text(), new JsonObject { ["type"] = "integer", ["minimum"] = 0 }),
        KeyShape.Offsets => MapOf("^[A-Za-z0-9._-]+/[0-9]+$", WholeNumber(0)),
        _ => Text(),
    };

    private static JsonObject OneKeyOf(KeyTable table)
    {
        var section = Section(table);
        section["minProperties"] = 1;
        section["maxProperties"] = 1;
        return section;
    }

    private static JsonObject MapOf(string namePattern, JsonObject value) => new()
    {
        ["type"] = "object",
        ["propertyNames"] = new JsonObject { ["pattern"] = namePattern },
        ["additionalProperties"] = value,
        ["minProperties"] = 1,
    };

    private static JsonObject ColumnType()
    {
        var names = ColumnTypeText.Names.Where(n => !n.StartsWith("decimal", StringComparison.Ordinal)).ToList();
        return AnyOf(Enumeration(names), Pattern($"^({ColumnTypeText.Pattern}|.*\\$\\{{.*)$"));
    }

    private static JsonObject Enumeration(IReadOnlyList<string> words) => new() { ["enum"] = new JsonArray([.. words.Select(w => (JsonNode)w)]) };

    private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject OrVariable(JsonObject schema) => AnyOf(schema, Pattern("\\$\\{"));

    private static JsonObject AnyOf(params JsonObject[] schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    private static JsonArray Types(params string[] names) => new([.. names.Select(n => (JsonNode)n)]);
}
