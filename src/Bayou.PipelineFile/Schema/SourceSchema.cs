using System.Text.Json.Nodes;
using Bayou.PipelineFile.Keys;
using Bayou.Sources;

namespace Bayou.PipelineFile.Schema;

/// <summary>The schema of sources.</summary>
internal static class SourceSchema
{
    /// <summary>A mapping with exactly one key, the kind.</summary>
    public static JsonObject Kinds(IReadOnlyList<ISourceFactory> sources)
    {
        var kinds = new JsonObject();
        foreach (var source in sources.OrderBy(s => s.Kind, StringComparer.Ordinal)) kinds[source.Kind] = source.Kind == KafkaProperties.SourceKind ? Kafka() : Other();
        return SinkSchema.OneOf(kinds);
    }

    private static JsonObject Kafka()
    {
        var section = KeySchema.Section(FileKeys.Kafka);
        var properties = section["properties"]!.AsObject();
        foreach (var word in KafkaProperties.SingleWords) properties[word] = KeySchema.Described(KeySchema.Scalar(), "The librdkafka property of this name.");
        section["patternProperties"] = new JsonObject { ["\\."] = KeySchema.Described(KeySchema.Scalar(), "The librdkafka property of this name.") };
        section["required"] = new JsonArray("topics");
        section["anyOf"] = new JsonArray(Requires("bootstrapServers"), Requires(KafkaProperties.BootstrapServers));
        return section;
    }

    private static JsonObject Other()
    {
        var section = KeySchema.Section(FileKeys.OtherSource);
        section["additionalProperties"] = KeySchema.Scalar();
        return section;
    }

    private static JsonObject Requires(string key) => new() { ["required"] = new JsonArray(key) };
}
