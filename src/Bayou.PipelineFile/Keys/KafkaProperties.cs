namespace Bayou.PipelineFile.Keys;

/// <summary>Which keys of a kafka source are librdkafka properties, to be passed on under their own names.</summary>
internal static class KafkaProperties
{
    /// <summary>The kind of source that takes these keys.</summary>
    public const string SourceKind = "kafka";

    /// <summary>The property behind <c>bootstrapServers</c>.</summary>
    public const string BootstrapServers = "bootstrap.servers";

    /// <summary>The option that chooses the client.</summary>
    public const string Client = "client";

    /// <summary>What it may be.</summary>
    public static readonly string[] Clients = ["managed", "librdkafka"];

    /// <summary>Properties that have no dot in their name.</summary>
    public static readonly IReadOnlyList<string> SingleWords = ["acks", "debug", "retries"];

    /// <summary>True for names with a dot and for the few known ones without.</summary>
    public static bool IsProperty(string name) => name.Contains('.') || SingleWords.Contains(name);
}
