namespace Bayou.PipelineFile.Keys;

/// <summary>Which keys of a kafka source are librdkafka properties, to be passed on under their own names.</summary>
internal static class KafkaProperties
{
    /// <summary>The kind of source that takes these keys.</summary>
    public const string SourceKind = "kafka";

    /// <summary>The property behind <c>bootstrapServers</c>.</summary>
    public const string BootstrapServers = "bootstrap.servers";

    /// <summary>Properties that have no dot in their name.</summary>
    public static readonly IReadOnlyList<string> SingleWords = ["acks", "debug", "retries"];

    /// <summary>True for names with a dot and for the few known ones without.</summary>
    public static bool IsProperty(string name) => name.Contains('.') || SingleWords.Contains(name);
}
