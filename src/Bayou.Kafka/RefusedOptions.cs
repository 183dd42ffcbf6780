namespace Bayou.Kafka;

/// <summary>librdkafka's options that no Kafka source takes, whichever client reads it, because the engine decides what they would.</summary>
internal static class RefusedOptions
{
    private const string ClientsPrefix = "dotnet.";

    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["enable.auto.commit"] = "tables commit their own cursors, so the client must not commit by itself",
        ["enable.auto.offset.store"] = "tables commit their own cursors, so the client must not store offsets by itself",
        ["auto.commit.interval.ms"] = "the client does not commit by itself",
        ["auto.offset.reset"] = "a lost position is a data-loss decision and is never skipped silently; see the source's onDataLoss",
        ["enable.partition.eof"] = "reading depends on it and switches it on",
        ["group.id"] = "partitions are not divided by a consumer group; progress is published to the group that the pipeline names",
        ["group.instance.id"] = "partitions are not divided by a consumer group",
        ["group.protocol"] = "partitions are not divided by a consumer group",
        ["partition.assignment.strategy"] = "partitions are not divided by a consumer group",
        ["allow.auto.create.topics"] = "a source never creates a topic",
        ["max.poll.interval.ms"] = "a source that holds back must not lose its partitions, so it is set to its largest value",
        ["key.deserializer"] = "keys are read as bytes",
        ["value.deserializer"] = "values are read as bytes; how they are decoded is a matter of the routes",
        ["test.mock.num.brokers"] = "a source reads from real brokers",
    };

    /// <summary>The options that are refused, beside those that concern the client's package.</summary>
    public static IReadOnlyCollection<string> Names => Reasons.Keys;

    /// <summary>True for an option that is refused.</summary>
    public static bool Contains(string name) => Reasons.ContainsKey(name) || name.StartsWith(ClientsPrefix, StringComparison.Ordinal);

    /// <summary>Why an option is refused, as a sentence; null when it is not.</summary>
    public static string? Explain(string name)
    {
        if (Reasons.TryGetValue(name, out var reason)) return $"Option '{name}' cannot be set: {reason}. Remove it.";
        return Contains(name) ? $"Option '{name}' cannot be set: it concerns how this program uses its client. Remove it." : null;
    }
}
