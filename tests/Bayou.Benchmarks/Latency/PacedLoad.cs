using System.Diagnostics;
using System.Globalization;
using Bayou.Kafka.Tools;
using Bayou.Load;

namespace Bayou.Benchmarks.Latency;

/// <summary>Produces events at an even pace. A record's Kafka timestamp is the producer's clock when it was handed to the client.</summary>
internal sealed class PacedLoad(IReadOnlyDictionary<string, string> properties, string topic, LoadOptions options)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Most milliseconds that the producer waits to fill a batch: librdkafka's default. They are part of the latency.</summary>
    public const int LingerMilliseconds = 5;

    /// <summary>Produces for a while; returns how many were delivered.</summary>
    public async Task<long> RunAsync(int perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var generator = new EventGenerator(options);
        using var producer = new RecordProducer(new Dictionary<string, string>(properties) { ["linger.ms"] = LingerMilliseconds.ToString(CultureInfo.InvariantCulture) });
        var (key, value) = (new byte[EventGenerator.MaxKeyBytes], new byte[generator.MaxValueBytes]);
        var (started, total) = (Stopwatch.GetTimestamp(), (long)(perSecond * duration.TotalSeconds));
        using var timer = new PeriodicTimer(Tick);
        for (var done = 0L; done < total;)
        {
            var due = Math.Min(total, (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * perSecond));
            for (; done < due; done++) producer.Produce(topic, -1, key[..generator.WriteKey(done, key)], value[..generator.WriteValue(done, value)]);
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        producer.Flush(Patience);
        return total;
    }
}
