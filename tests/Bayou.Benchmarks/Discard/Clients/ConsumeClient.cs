using Confluent.Kafka;

namespace Bayou.Benchmarks.Discard.Clients;

/// <summary>Confluent.Kafka as one would use it for speed: one consumer, every partition assigned by hand, no field of the result but what is needed, no copy of key or value.</summary>
internal sealed class ConsumeClient : IDiscardClient
{
    private readonly IConsumer<int, int> _consumer;

    /// <summary>A consumer that has met a broker.</summary>
    public ConsumeClient(DiscardJob job)
    {
        var properties = new Dictionary<string, string>(TunedProperties.For(job)) { ["dotnet.consumer.consume.result.fields"] = "none" };
        _consumer = new ConsumerBuilder<int, int>(properties).SetKeyDeserializer(LengthDeserializer.Instance).SetValueDeserializer(LengthDeserializer.Instance).Build();
        _consumer.QueryWatermarkOffsets(new TopicPartition(job.Topic, job.Bounds[0].Partition), TimeSpan.FromSeconds(30));
    }

    /// <inheritdoc/>
    public Task<Tally> ReadAsync(string topic, PartitionBounds[] bounds)
    {
        var remaining = new Remaining(bounds);
        long records = 0, bytes = 0;
        _consumer.Assign(bounds.Select(partition => new TopicPartitionOffset(topic, partition.Partition, partition.Low)));
        while (remaining.Count > 0)
        {
            var result = _consumer.Consume(Timeout.Infinite);
            if (result.IsPartitionEOF)
            {
                remaining.End(result.Partition.Value);
            }
            else if (remaining.Wants(result.Partition.Value, result.Offset.Value))
            {
                records++;
                bytes += result.Message.Key + result.Message.Value;
            }
        }

        _consumer.Unassign();
        return Task.FromResult(new Tally(records, bytes));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _consumer.Dispose();
        return ValueTask.CompletedTask;
    }
}
