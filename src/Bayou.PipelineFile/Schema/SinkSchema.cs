using System.Text.Json.Nodes;
using Bayou.Sinks;

namespace Bayou.PipelineFile.Schema;

/// <summary>The schema of sinks, from the options that their factories name.</summary>
internal static class SinkSchema
{
    /// <summary>A mapping with exactly one key, the kind.</summary>
    public static JsonObject Kinds(IReadOnlyList<ISinkFactory> sinks)
    {
        var kinds = new JsonObject();
        foreach (var sink in sinks.OrderBy(s => s.Kind, StringComparer.Ordinal)) kinds[sink.Kind] = Options(sink);
        return OneOf(kinds);
    }

    /// <summary>A mapping with exactly one of the given keys.</summary>
    public static JsonObject OneOf(JsonObject kinds) => new()
    {
        ["type"] = "object",
        ["properties"] = kinds,
        ["additionalProperties"] = false,
        ["minProperties"] = 1,
        ["maxProperties"] = 1,
    };

    private static JsonObject Options(ISinkFactory sink)
    {
        var properties = new JsonObject();
        foreach (var option in sink.Options) properties[option.Name] = KeySchema.Described(Option(option.Type), option.Description);
        var options = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        var required = sink.Options.Where(o => o.Required).Select(o => (JsonNode)o.Name).ToArray();
        if (required.Length == 0) options["type"] = new JsonArray("object", "null");
        else options["required"] = new JsonArray(required);
        return options;
    }

    private static JsonObject Option(SinkOptionType type) => type switch
    {
        SinkOptionType.Number => KeySchema.WholeNumber(),
        SinkOptionType.Flag => KeySchema.Flag(),
        SinkOptionType.Duration => KeySchema.Duration(),
        SinkOptionType.ColumnList => new JsonObject { ["anyOf"] = new JsonArray(KeySchema.Text(), KeySchema.ListOf(KeySchema.Text())) },
        SinkOptionType.Text => KeySchema.Scalar(),
        _ => KeySchema.Text(),
    };
}
