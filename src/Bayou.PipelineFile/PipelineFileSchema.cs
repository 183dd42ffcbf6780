using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bayou.PipelineFile.Keys;
using Bayou.PipelineFile.Schema;
using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.PipelineFile;

/// <summary>
/// The JSON schema of pipeline files, for editors: the same keys that the reader knows, and the options of the registered sinks. What a schema cannot
/// say, such as that a column exists, only the reader checks.
/// </summary>
public static class PipelineFileSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema, JSON Schema draft 2020-12, as indented text with a line end at its end. The same for the same sinks and sources in any order.</summary>
    public static string Generate(IReadOnlyList<ISinkFactory> sinks, IReadOnlyList<ISourceFactory> sources)
    {
        ArgumentNullException.ThrowIfNull(sinks);
        ArgumentNullException.ThrowIfNull(sources);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Bayou pipeline file",
        };
        foreach (var (name, value) in KeySchema.Section(FileKeys.Pipeline)) schema[name] = value?.DeepClone();
        schema["$defs"] = new JsonObject
        {
            ["source"] = SourceSchema.Kinds(sources),
            ["sink"] = SinkSchema.Kinds(sinks),
            ["table"] = KeySchema.Section(FileKeys.Table),
            ["column"] = KeySchema.Section(FileKeys.Column),
        };
        return schema.ToJsonString(Indented) + "\n";
    }
}
