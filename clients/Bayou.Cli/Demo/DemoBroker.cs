using Bayou.Console;
using Bayou.Kafka.Tools;

namespace Bayou.Cli.Demo;

/// <summary>A topic for the demo: on brokers of the user's, or in a broker inside this process that forgets everything at the end.</summary>
internal sealed class DemoBroker : IAsyncDisposable
{
    private readonly MockKafkaCluster? _embedded;

    private DemoBroker(MockKafkaCluster? embedded, string bootstrapServers, string topic) =>
        (_embedded, BootstrapServers, Topic) = (embedded, bootstrapServers, topic);

    /// <summary>The brokers.</summary>
    public string BootstrapServers { get; }

    /// <summary>The topic; new, and empty.</summary>
    public string Topic { get; }

    /// <summary>True when it lives in this process.</summary>
    public bool IsEmbedded => _embedded is not null;

    /// <summary>Makes the topic.</summary>
    public static async Task<DemoBroker> StartAsync(string? bootstrap, int partitions, DateTimeOffset now)
    {
        if (bootstrap is null)
        {
            var cluster = new MockKafkaCluster();
            cluster.CreateTopic("events", partitions);
            return new DemoBroker(cluster, cluster.BootstrapServers, "events");
        }

        var topic = $"bayou-demo-{now:yyyyMMdd-HHmmss}";
        using var topics = new TopicAdministration(Properties(bootstrap));
        if (!await topics.CreateAsync(topic, partitions))
            throw new CommandFailedException($"topic {topic} exists already at {bootstrap}; try again in a second");
        return new DemoBroker(null, bootstrap, topic);
    }

    /// <summary>Properties of a client. Batches are compressed, so that the embedded broker, which keeps little, keeps many.</summary>
    public Dictionary<string, string> Properties()
    {
        var properties = Properties(BootstrapServers);
        properties["compression.type"] = "lz4";
        return properties;
    }

    /// <summary>Stops the embedded broker, or deletes the topic that was made.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_embedded is not null)
        {
            _embedded.Dispose();
            return;
        }

        using var topics = new TopicAdministration(Properties(BootstrapServers));
        await topics.DeleteAsync(Topic);
    }

    private static Dictionary<string, string> Properties(string bootstrap) => new() { ["bootstrap.servers"] = bootstrap };
}
