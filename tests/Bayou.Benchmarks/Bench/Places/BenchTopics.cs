using System.Globalization;
using Bayou.Kafka.Tools;
using Bayou.Load;

namespace Bayou.Benchmarks.Bench.Places;

/// <summary>Makes topics of generated events, each once. Deletes them when disposed, unless the broker goes anyway.</summary>
internal sealed class BenchTopics(BenchBroker broker, Action<string> say) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _prefix = $"bayou-bench-{Guid.NewGuid():N}"[..18];
    private readonly List<BenchTopic> _topics = [];

    /// <summary>The properties of a client of the broker.</summary>
    public Dictionary<string, string> Properties => new() { ["bootstrap.servers"] = broker.Address };

    /// <summary>The topic with these events; loaded at the first call.</summary>
    public async Task<BenchTopic> GetAsync(long events, int types, int sizeBytes, int partitions, CancellationToken cancellationToken)
    {
        var wanted = new BenchTopic($"{_prefix}-{_topics.Count}", events, 0, types, sizeBytes, partitions);
        if (events > 0 && _topics.Find(topic => topic with { Name = wanted.Name, Bytes = 0 } == wanted) is { } known) return known;

        using var administration = new TopicAdministration(Properties);
        await administration.CreateAsync(wanted.Name, partitions);
        // Known before it is full, so that it is deleted even when loading is interrupted.
        _topics.Add(wanted);
        if (events == 0) return wanted;
        var started = DateTime.UtcNow;
        _topics[^1] = wanted = wanted with { Bytes = await Task.Run(() => Load(wanted, cancellationToken), cancellationToken) };
        say(string.Create(CultureInfo.InvariantCulture, $"loaded {events:#,##0} events of {types} types into {partitions} partitions, {wanted.Bytes / 1e6:#,##0} MB, in {(DateTime.UtcNow - started).TotalSeconds:0.0} s"));
        return wanted;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (broker.IsOwn) return;
        using var administration = new TopicAdministration(Properties);
        foreach (var topic in _topics) await administration.DeleteAsync(topic.Name);
    }

    private long Load(BenchTopic topic, CancellationToken cancellationToken)
    {
        var generator = new EventGenerator(new LoadOptions { Types = topic.Types, SizeBytes = topic.SizeBytes });
        var properties = Properties;
        // Batches as large whatever the number of partitions: what is compared is not how a producer batches.
        properties["linger.ms"] = Math.Max(20, topic.Partitions * 20 / 50).ToString(CultureInfo.InvariantCulture);
        using var producer = new RecordProducer(properties);
        var (key, value) = (new byte[EventGenerator.MaxKeyBytes], new byte[generator.MaxValueBytes]);
        var bytes = 0L;
        for (var i = 0L; i < topic.Events; i++)
        {
            if ((i & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            var (keyBytes, valueBytes) = (key[..generator.WriteKey(i, key)], value[..generator.WriteValue(i, value)]);
            producer.Produce(topic.Name, -1, keyBytes, valueBytes);
            bytes += keyBytes.Length + valueBytes.Length;
        }

        producer.Flush(Patience);
        return bytes;
    }
}
