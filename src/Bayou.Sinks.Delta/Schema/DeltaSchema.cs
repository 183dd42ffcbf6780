using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bayou.Sinks.Delta;

/// <summary>A table's schema. What is not understood in its JSON text is kept when columns are added.</summary>
internal sealed class DeltaSchema
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = LogTextEncoder.Instance };

    private readonly JsonObject _root;

    private DeltaSchema(JsonObject root, List<DeltaField> fields) => (_root, Fields) = (root, fields);

    /// <summary>The top-level columns, in order.</summary>
    public IReadOnlyList<DeltaField> Fields { get; }

    /// <summary>A schema of the given columns.</summary>
    public static DeltaSchema Create(IReadOnlyList<DeltaField> fields)
    {
        var root = new JsonObject { ["type"] = "struct", ["fields"] = new JsonArray() };
        return new DeltaSchema(root, []).With(fields);
    }

    /// <summary>Reads the text of <c>schemaString</c>.</summary>
    /// <exception cref="FormatException">It is not a struct type.</exception>
    public static DeltaSchema Parse(string text)
    {
        try
        {
            var root = JsonNode.Parse(text)!.AsObject();
            List<DeltaField> fields = [.. root["fields"]!.AsArray().Select(field => Read(field!.AsObject()))];
            return new DeltaSchema(root, fields);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new FormatException($"The schema of the table cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The column of that name, whatever its case; null when there is none.</summary>
    public DeltaField? Find(string name) => Fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>This schema with more columns at its end.</summary>
    public DeltaSchema With(IEnumerable<DeltaField> more)
    {
        var root = _root.DeepClone().AsObject();
        var array = root["fields"]!.AsArray();
        List<DeltaField> fields = [.. Fields];
        foreach (var field in more)
        {
            array.Add(new JsonObject { ["name"] = field.Name, ["type"] = field.Type, ["nullable"] = field.Nullable, ["metadata"] = new JsonObject() });
            fields.Add(field);
        }

        return new DeltaSchema(root, fields);
    }

    /// <summary>The text for <c>schemaString</c>.</summary>
    public override string ToString() => _root.ToJsonString(Json);

    private static DeltaField Read(JsonObject field)
    {
        var type = field["type"]!;
        return new DeltaField(
            field["name"]!.GetValue<string>(),
            type is JsonValue ? type.GetValue<string>() : type.ToJsonString(Json),
            field["nullable"]?.GetValue<bool>() ?? true,
            field["metadata"] is JsonObject metadata ? [.. metadata.Select(item => item.Key)] : []);
    }
}
