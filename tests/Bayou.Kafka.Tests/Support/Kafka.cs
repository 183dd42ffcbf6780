using Bayou.Definitions;
using Bayou.Kafka.Librdkafka;
using Bayou.Kafka.Tools;
using Bayou.Slices;
using Bayou.Sources;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bayou.Kafka.Tests.Support;

/// <summary>Shorthand for opening sources and producing.</summary>
internal static class Kafka
{
    public static KafkaSourceFactory Factory(BufferPool? pool = null) => new(pool ?? new BufferPool(poison: true), NullLogger<KafkaSource>.Instance);

    public static SourceDefinition Definition(string address, string[] topics, params (string Name, string Value)[] options)
    {
        var all = new Dictionary<string, string> { ["bootstrap.servers"] = address };
        foreach (var (name, value) in options) all[name] = value;
        return new SourceDefinition { Kind = "kafka", Topics = topics, Options = all };
    }

    /// <summary>The option that chooses a client.</summary>
    public static (string Name, string Value)[] With(string client, params (string Name, string Value)[] options) => [("client", client), .. options];

    public static Task<ISource> OpenAsync(string address, string topic, params (string Name, string Value)[] options) =>
        Factory().OpenAsync(Definition(address, [topic], options), default);

    public static RecordProducer Producer(string address, params (string Name, string Value)[] options)
    {
        var all = new Dictionary<string, string> { ["bootstrap.servers"] = address, ["linger.ms"] = "1" };
        foreach (var (name, value) in options) all[name] = value;
        return new RecordProducer(all);
    }

    /// <summary>Produces <c>prefix + i</c> for i in [from, to) to one partition, and waits for delivery.</summary>
    public static void Produce(string address, string topic, int partition, int from, int to, string prefix = "v", params (string Name, string Value)[] options)
    {
        using var producer = Producer(address, options);
        for (var i = from; i < to; i++) producer.Produce(topic, partition, $"k{i}", prefix + i);
        producer.Flush(TimeSpan.FromSeconds(30));
    }

    public static string[] Values(int from, int to, string prefix = "v") => [.. Enumerable.Range(from, to - from).Select(i => prefix + i)];
}
