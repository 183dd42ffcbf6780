using Bayou.Kafka.Librdkafka;
using Bayou.Kafka.Librdkafka.Connecting;
using Bayou.Kafka.Librdkafka.Reading;
using Bayou.Slices;
using Bayou.Sources;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bayou.Kafka.Tests.Librdkafka;

public sealed class PartitionTroublesTests
{
    /// <summary>Status shows partitions with the same trouble as one line, which needs the same words.</summary>
    [Fact]
    public void Unreachable_says_the_same_of_every_partition()
    {
        var health = new ConnectionHealth();
        health.Report(new Error(ErrorCode.Local_AllBrokersDown, "1/1 brokers are down"), Environment.TickCount64);
        var troubles = new PartitionTroubles(null!, health, "127.0.0.1:1", _ => { }, NullLogger.Instance);
        var pool = new BufferPool(poison: true);

        var failures = Enumerable.Range(0, 3).Select(number => troubles.Unreachable(new ReadAheadBuffer(new Bayou.Sources.TopicPartition("t", number), 10 * number, pool))).ToArray();

        Assert.Equal(Enumerable.Range(0, 3), failures.Select(failure => failure.Partition!.Value.Partition));
        Assert.Single(failures.Select(failure => failure.Message).Distinct());
    }
}
