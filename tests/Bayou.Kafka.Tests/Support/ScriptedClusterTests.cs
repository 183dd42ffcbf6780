using System.Text;
using Bayou.Kafka.Librdkafka.Native;
using Confluent.Kafka;

namespace Bayou.Kafka.Tests.Support;

/// <summary>The scripted cluster against a client of others: what it serves is what Kafka would.</summary>
public sealed class ScriptedClusterTests : IAsyncLifetime
{
    private readonly ScriptedCluster _cluster = ScriptedCluster.Start(brokers: 2);

    public Task InitializeAsync()
    {
        LibrdkafkaLoader.Load();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Records_keys_headers_and_timestamps_are_read_as_appended(bool isOld)
    {
        if (isOld) _cluster.SetVersions(BrokerVersions.Kafka21);
        var partition = _cluster.AddTopic("events")[0];
        partition.Append("a", "b");
        partition.Append(new RecordBatchBuilder { Timestamp = 5000 }
            .Add("key", "value", ("h", "1"), ("h", null), ("", ""))
            .Skip(3)
            .Add(null, null, timestamp: 4000));

        using var consumer = Consume();
        var read = Read(consumer, 4);

        Assert.Equal(["0:-=a", "1:-=b", "2:key=value", "6:-=-"], read.Select(Tell));
        Assert.Equal([1_700_000_000_000, 1_700_000_000_000, 5000, 4000], read.Select(record => record.Message.Timestamp.UnixTimestampMs));
        Assert.Equal(["h=1", "h=-", "="], read[2].Message.Headers.Select(header => $"{header.Key}={Text(header.GetValueBytes())}"));
    }

    [Fact]
    public void Aborted_records_are_left_out_and_open_ones_held_back()
    {
        var partition = _cluster.AddTopic("events")[0];
        partition.Append(new RecordBatchBuilder { ProducerId = 7, ProducerEpoch = 0, FirstSequence = 0, IsTransactional = true }.Add("aborted"));
        partition.Append("plain");
        partition.Append(RecordBatchBuilder.Abort(7));
        partition.Append(new RecordBatchBuilder { ProducerId = 7, ProducerEpoch = 0, FirstSequence = 1, IsTransactional = true }.Add("committed"));
        partition.Append(RecordBatchBuilder.Commit(7));
        partition.Append("last");
        partition.Append(new RecordBatchBuilder { ProducerId = 8, ProducerEpoch = 0, FirstSequence = 0, IsTransactional = true }.Add("open"));

        using var consumer = Consume();

        Assert.Equal(["1:-=plain", "3:-=committed", "5:-=last"], Read(consumer, 3).Select(Tell));
        Assert.Equal(6, consumer.QueryWatermarkOffsets(new TopicPartition("events", 0), TimeSpan.FromSeconds(20)).High.Value);
    }

    [Fact]
    public void A_leader_that_moves_and_a_broker_that_restarts_are_followed()
    {
        var partition = _cluster.AddTopic("events")[0];
        partition.Append("a");
        using var consumer = Consume();
        Assert.Equal(["0:-=a"], Read(consumer, 1).Select(Tell));

        partition.MoveTo(2);
        partition.Append("b");
        Assert.Equal(["1:-=b"], Read(consumer, 1).Select(Tell));

        _cluster.Broker(2).Disconnect();
        partition.Append("c");
        Assert.Equal(["2:-=c"], Read(consumer, 1).Select(Tell));
    }

    private IConsumer<byte[], byte[]> Consume()
    {
        var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = _cluster.BootstrapServers, GroupId = "g", EnableAutoCommit = false, IsolationLevel = IsolationLevel.ReadCommitted,
            FetchWaitMaxMs = 100, FetchErrorBackoffMs = 10, ReconnectBackoffMs = 10, ReconnectBackoffMaxMs = 50, CheckCrcs = true,
        }).Build();
        consumer.Assign(new TopicPartitionOffset("events", 0, 0));
        return consumer;
    }

    private static List<ConsumeResult<byte[], byte[]>> Read(IConsumer<byte[], byte[]> consumer, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var read = new List<ConsumeResult<byte[], byte[]>>();
        while (read.Count < count) read.Add(consumer.Consume(limit.Token));
        return read;
    }

    private static string Tell(ConsumeResult<byte[], byte[]> record) => $"{record.Offset.Value}:{Text(record.Message.Key)}={Text(record.Message.Value)}";

    private static string Text(byte[]? bytes) => bytes is null ? "-" : Encoding.UTF8.GetString(bytes);
}
