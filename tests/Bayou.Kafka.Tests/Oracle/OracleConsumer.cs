using System.Text;
using Bayou.Kafka.Librdkafka.Native;
using Confluent.Kafka;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>A plain Confluent.Kafka consumer that has nothing of Bayou's: what it reads is held to be true.</summary>
internal static class OracleConsumer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Everything in every partition of a topic, up to the end (under <c>read_committed</c>, the last stable offset).</summary>
    public static PartitionContent[] Read(string topic, IReadOnlyDictionary<string, string> options)
    {
        LibrdkafkaLoader.Load();
        var properties = new Dictionary<string, string>(options.Where(option => !option.Key.StartsWith("bayou.", StringComparison.Ordinal)))
        {
            ["group.id"] = "oracle", ["enable.auto.commit"] = "false", ["enable.partition.eof"] = "true", ["auto.offset.reset"] = "error", ["check.crcs"] = "true",
        };
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(properties).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        var partitions = admin.GetMetadata(topic, Patience).Topics.Single().Partitions.Count;
        var lows = Enumerable.Range(0, partitions).Select(p => LowOf(consumer, new TopicPartition(topic, p))).ToArray();
        var records = lows.Select(_ => new List<string>()).ToArray();
        var ends = lows.Select(_ => -1L).ToArray();
        consumer.Assign(lows.Select((low, p) => new TopicPartitionOffset(topic, p, low)));
        using var limit = new CancellationTokenSource(Patience);
        while (ends.Contains(-1))
        {
            var result = consumer.Consume(limit.Token);
            if (result.IsPartitionEOF) ends[result.Partition.Value] = result.Offset.Value;
            else records[result.Partition.Value].Add(TextOf(result));
        }

        return [.. lows.Select((low, p) => new PartitionContent(low, records[p], ends[p]))];
    }

    // A topic that was just made may have no leader yet, whatever its metadata said.
    private static long LowOf(IConsumer<byte[]?, byte[]?> consumer, TopicPartition partition)
    {
        for (var end = DateTime.UtcNow + Patience; ;)
        {
            try
            {
                return consumer.QueryWatermarkOffsets(partition, Patience).Low.Value;
            }
            catch (KafkaException failure) when (failure.Error.Code is ErrorCode.NotLeaderForPartition or ErrorCode.LeaderNotAvailable && DateTime.UtcNow < end)
            {
                Thread.Yield();
            }
        }
    }

    private static string TextOf(ConsumeResult<byte[]?, byte[]?> result)
    {
        var message = result.Message;
        var text = new RecordText(result.Offset.Value, message.Timestamp.UnixTimestampMs, message.Key, message.Key is not null, message.Value, message.Value is not null);
        foreach (var header in message.Headers)
        {
            var value = header.GetValueBytes();
            text.AddHeader(Encoding.UTF8.GetBytes(header.Key), value, value is not null);
        }

        return text.ToString();
    }
}
