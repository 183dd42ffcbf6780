using Bayou.Definitions;
using Bayou.Kafka.Librdkafka.Native;
using Bayou.Sources;

namespace Bayou.Kafka.Librdkafka.Connecting;

/// <summary>The librdkafka properties of one source: the user's, over our defaults, under those that the engine depends on.</summary>
internal sealed class ClientProperties
{
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["client.id"] = "bayou",
        ["isolation.level"] = "read_committed",
        ["fetch.wait.max.ms"] = "100",
        ["socket.nagle.disable"] = "true",
        ["socket.keepalive.enable"] = "true",
        ["reconnect.backoff.max.ms"] = "2000",
        ["topic.metadata.propagation.max.ms"] = "3000",
    };

    private static readonly Dictionary<string, string> Required = new()
    {
        ["enable.auto.commit"] = "false",
        ["enable.auto.offset.store"] = "false",
        ["auto.offset.reset"] = "error",
        ["enable.partition.eof"] = "true",
        ["allow.auto.create.topics"] = "false",
        ["max.poll.interval.ms"] = "86400000",
    };

    private readonly Dictionary<string, string> _client;

    /// <summary>Properties for a definition that <see cref="OptionRules"/> finds nothing wrong with.</summary>
    public ClientProperties(SourceDefinition definition)
    {
        OnlyTopic = definition.Topics.Length == 1 ? definition.Topics[0] : null;
        _client = new Dictionary<string, string>(Defaults);
        foreach (var (name, value) in definition.Options)
            if (!OptionRules.IsOurs(name)) _client[name] = value;
        foreach (var (name, value) in Required) _client[name] = value;
        AnyTopic = definition.Topics[0];
        Address = _client.GetValueOrDefault("bootstrap.servers") ?? _client.GetValueOrDefault("metadata.broker.list") ?? "";
        Protocol = _client.GetValueOrDefault("security.protocol") ?? "plaintext";
    }

    /// <summary>The broker addresses as the user gave them.</summary>
    public string Address { get; }

    /// <summary>The security protocol in use.</summary>
    public string Protocol { get; }

    /// <summary>The topic, when the source has just one; records then come without their topic's name, which saves a string each.</summary>
    public string? OnlyTopic { get; }

    /// <summary>A topic to ask about when only an answer matters.</summary>
    public string AnyTopic { get; }

    /// <summary>True when High stands for the last stable offset.</summary>
    public bool IsReadCommitted => _client["isolation.level"] == "read_committed";

    /// <summary>For a consumer that reads records.</summary>
    public Dictionary<string, string> ForReading(ReaderRole role)
    {
        var properties = ForGroup("bayou-reader");
        properties.TryAdd("queued.max.messages.kbytes", role == ReaderRole.Live ? "131072" : "32768");
        if (LibrdkafkaLoader.Version >= LibrdkafkaLoader.KnowsFetchQueueBackoff) properties.TryAdd("fetch.queue.backoff.ms", "1");
        properties.TryAdd("queued.min.messages", "1000000");
        properties["dotnet.consumer.consume.result.fields"] = OnlyTopic is null ? "headers,timestamp,topic" : "headers,timestamp";
        return properties;
    }

    /// <summary>For a consumer that only asks and commits, in the name of a group.</summary>
    public Dictionary<string, string> ForGroup(string group) => new(_client) { ["group.id"] = group };

    /// <summary>For a bare client: only what it takes to connect.</summary>
    public IEnumerable<KeyValuePair<string, string>> ForConnecting() =>
        _client.Where(property => property.Key is "bootstrap.servers" or "metadata.broker.list" or "client.id" or "security.protocol"
            || property.Key.StartsWith("sasl.", StringComparison.Ordinal) || property.Key.StartsWith("ssl.", StringComparison.Ordinal)
            || property.Key.StartsWith("socket.", StringComparison.Ordinal) || property.Key.StartsWith("broker.", StringComparison.Ordinal)
            || property.Key is "enable.ssl.certificate.verification");
}
