using Bayou.Kafka.Librdkafka.Native;

namespace Bayou.Benchmarks.Discard.Clients;

/// <summary>Properties under which librdkafka reads fast; the job's own go before them.</summary>
internal static class TunedProperties
{
    private const int KnowsFetchQueueBackoff = 0x020200ff;

    /// <summary>All properties of one consumer.</summary>
    public static Dictionary<string, string> For(DiscardJob job)
    {
        LibrdkafkaLoader.Load(job.Properties.GetValueOrDefault(LibrdkafkaLoader.PathOption));
        var properties = new Dictionary<string, string>
        {
            ["group.id"] = "bayou-benchmark",
            ["enable.auto.commit"] = "false",
            ["enable.auto.offset.store"] = "false",
            ["auto.offset.reset"] = "error",
            ["enable.partition.eof"] = "true",
            ["queued.min.messages"] = "1000000",
            ["queued.max.messages.kbytes"] = "1048576",
            ["fetch.wait.max.ms"] = "100",
            ["fetch.max.bytes"] = "52428800",
            ["max.partition.fetch.bytes"] = "1048576",
            ["socket.nagle.disable"] = "true",
        };
        if (LibrdkafkaLoader.Version >= KnowsFetchQueueBackoff) properties["fetch.queue.backoff.ms"] = "1";
        foreach (var (name, value) in job.Properties)
            if (name != LibrdkafkaLoader.PathOption) properties[name] = value;
        return properties;
    }
}
