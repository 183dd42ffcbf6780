using Bayou.Kafka.Tests.Support;
using Bayou.Kafka.Tools;
using Bayou.Sources;
using Confluent.Kafka;
using static Bayou.Kafka.Tests.Support.Kafka;
using Log = Bayou.Kafka.Tests.Support.Reading;
using TopicPartition = Bayou.Sources.TopicPartition;

namespace Bayou.Kafka.Tests.Brokers;

/// <summary>Reading from a real broker what the embedded one does not have.</summary>
[Trait("Category", "Kafka")]
public abstract class BrokerReadingTests(LocalBroker broker, string client) : IDisposable
{
    private readonly string _topic = $"t-{Guid.NewGuid():N}";
    private readonly TopicAdministration? _topics = LocalBroker.Missing is null ? new(new Dictionary<string, string> { ["bootstrap.servers"] = broker.Address }) : null;

    public void Dispose()
    {
        _topics?.Dispose();
        GC.SuppressFinalize(this);
    }

    [BrokerFact]
    public async Task ReadAsync_of_50_partitions_returns_every_record_in_order()
    {
        await CreateAsync(50);
        using (var producer = Producer(broker.Address))
        {
            for (var i = 0; i < 50_000; i++) producer.Produce(_topic, i % 50, $"k{i}", $"v{i / 50}");
            producer.Flush(TimeSpan.FromSeconds(60));
        }

        await using var source = await OpenAsync(broker.Address, _topic, With(client));
        var logs = await Task.WhenAll(Enumerable.Range(0, 50).Select(async p =>
        {
            await using var reader = source.OpenReader(new TopicPartition(_topic, p), 0, ReaderRole.Live);
            return await new Log(reader, 0).ToAsync(1000);
        }));

        Assert.All(logs, log => Assert.Equal(Values(0, 1000), log.Values));
        var description = await source.DescribeTopicAsync(_topic, default);
        Assert.Equal((_topic, 50), (description.Topic, description.Partitions));
        Assert.Equal(22, description.ClusterId!.Length);
    }

    [BrokerTheory]
    [InlineData("gzip")]
    [InlineData("snappy")]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public async Task ReadAsync_of_compressed_batches_returns_every_record(string codec)
    {
        await CreateAsync(1);
        Produce(broker.Address, _topic, 0, 0, 2000, "vvvvvvvvvvvvvvvv", ("compression.type", codec));

        await using var source = await OpenAsync(broker.Address, _topic, With(client));
        await using var reader = source.OpenReader(new TopicPartition(_topic, 0), 0, ReaderRole.Live);

        Assert.Equal(Values(0, 2000, "vvvvvvvvvvvvvvvv"), (await new Log(reader, 0).ToAsync(2000)).Values);
    }

    [BrokerFact]
    public async Task ReadAsync_of_transactions_returns_the_committed_and_passes_the_markers()
    {
        await CreateAsync(1);
        using var producer = Transactional();
        Transact(producer, 0, 10, commit: true);
        Transact(producer, 10, 20, commit: false);
        Transact(producer, 20, 30, commit: true);
        Transact(producer, 30, 40, commit: false);

        await using var source = await OpenAsync(broker.Address, _topic, With(client));
        await using var reader = source.OpenReader(new TopicPartition(_topic, 0), 0, ReaderRole.Live);
        var log = await new Log(reader, 0).ToAsync(44, seconds: 20);

        Assert.Equal([.. Values(0, 10), .. Values(20, 30)], log.Values);
        Assert.Equal(44, log.Next);
        Assert.Equal(new Watermarks(0, 44), reader.Watermarks);
        Assert.Equal(new Watermarks(0, 44), await source.GetWatermarksAsync(new TopicPartition(_topic, 0), default));
    }

    [BrokerFact]
    public async Task ReadAsync_at_an_open_transaction_waits_before_it_until_it_ends()
    {
        await CreateAsync(1);
        Produce(broker.Address, _topic, 0, 0, 5);
        using var producer = Transactional();
        producer.BeginTransaction();
        for (var i = 5; i < 8; i++) producer.Produce(new Confluent.Kafka.TopicPartition(_topic, 0), new Message<Null, string> { Value = $"v{i}" });
        producer.Flush(TimeSpan.FromSeconds(10));

        await using var source = await OpenAsync(broker.Address, _topic, With(client));
        await using var reader = source.OpenReader(new TopicPartition(_topic, 0), 0, ReaderRole.Live);
        var log = await new Log(reader, 0).ToAsync(5);
        Assert.Equal(new Watermarks(0, 5), await source.GetWatermarksAsync(new TopicPartition(_topic, 0), default));
        var waiting = log.OnceAsync();
        Assert.False(waiting.IsCompleted);
        producer.AbortTransaction();
        await waiting;

        // Three aborted records and their marker: nothing to see, but the position moves.
        Assert.Equal((9, 5), ((await log.ToAsync(9)).Next, log.Records.Count));
        Assert.Equal(Values(0, 5), log.Values);
    }

    [BrokerFact]
    public async Task ReadAsync_uncommitted_returns_aborted_records_too()
    {
        await CreateAsync(1);
        using var producer = Transactional();
        Transact(producer, 0, 10, commit: false);

        await using var source = await OpenAsync(broker.Address, _topic, With(client, ("isolation.level", "read_uncommitted")));
        await using var reader = source.OpenReader(new TopicPartition(_topic, 0), 0, ReaderRole.Live);

        Assert.Equal(Values(0, 10), (await new Log(reader, 0).ToAsync(11, seconds: 20)).Values);
    }

    [BrokerFact]
    public async Task ReadAsync_of_a_compacted_topic_passes_the_gaps()
    {
        await CreateAsync(1, new() { ["cleanup.policy"] = "compact", ["segment.ms"] = "50", ["min.cleanable.dirty.ratio"] = "0.01", ["max.compaction.lag.ms"] = "100" });
        await using var source = await OpenAsync(broker.Address, _topic, With(client));
        var written = 0;
        List<(long Offset, string? Key, string? Value)> records = [];

        // Each round writes the same two keys again, until the cleaner has taken some away.
        for (var round = 0; round < 100 && (written == 0 || records.Count == written); round++)
        {
            using (var producer = Producer(broker.Address))
            {
                for (var i = 0; i < 10; i++, written++) producer.Produce(_topic, 0, $"k{i % 2}", $"v{written}");
                producer.Flush(TimeSpan.FromSeconds(10));
            }

            await using var reader = source.OpenReader(new TopicPartition(_topic, 0), 0, ReaderRole.Live);
            var log = await new Log(reader, 0).ToAsync(written);
            Assert.Equal(written, log.Next);
            records = log.Records;
        }

        Assert.InRange(records.Count, 2, written - 1);
        Assert.All(records, record => Assert.Equal($"v{record.Offset}", record.Value));
    }

    [BrokerFact]
    public async Task FindOffsetAsync_returns_the_first_record_at_or_after_the_time()
    {
        await CreateAsync(1);
        using (var producer = Producer(broker.Address))
        {
            for (var i = 0; i < 10; i++) producer.Produce(_topic, 0, null, [1], 1_000_000 + i * 10);
            producer.Flush(TimeSpan.FromSeconds(10));
        }

        await using var source = await OpenAsync(broker.Address, _topic, With(client));
        var partition = new TopicPartition(_topic, 0);

        Assert.Equal(
            new List<long> { 0, 3, 4, 10 },
            new List<long>
            {
                await source.FindOffsetAsync(partition, 0, default), await source.FindOffsetAsync(partition, 1_000_030, default),
                await source.FindOffsetAsync(partition, 1_000_031, default), await source.FindOffsetAsync(partition, 2_000_000, default),
            });
    }

    [BrokerFact]
    public async Task PublishProgressAsync_shows_in_the_consumer_group()
    {
        await CreateAsync(2);
        Produce(broker.Address, _topic, 1, 0, 10);
        await using var source = await OpenAsync(broker.Address, _topic, With(client));

        await source.PublishProgressAsync("progress", new Dictionary<TopicPartition, long> { [new TopicPartition(_topic, 1)] = 7 }, default);

        using var group = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = broker.Address, GroupId = "progress" }).Build();
        Assert.Equal(7, group.Committed([new(_topic, 1)], TimeSpan.FromSeconds(10)).Single().Offset.Value);
    }

    private Task<bool> CreateAsync(int partitions, Dictionary<string, string>? configuration = null) => _topics!.CreateAsync(_topic, partitions, configuration);

    private IProducer<Null, string> Transactional()
    {
        var producer = new ProducerBuilder<Null, string>(new ProducerConfig { BootstrapServers = broker.Address, TransactionalId = _topic, LingerMs = 0 }).Build();
        producer.InitTransactions(TimeSpan.FromSeconds(30));
        return producer;
    }

    private void Transact(IProducer<Null, string> producer, int from, int to, bool commit)
    {
        producer.BeginTransaction();
        for (var i = from; i < to; i++) producer.Produce(new Confluent.Kafka.TopicPartition(_topic, 0), new Message<Null, string> { Value = $"v{i}" });
        producer.Flush(TimeSpan.FromSeconds(10));
        if (commit) producer.CommitTransaction();
        else producer.AbortTransaction();
    }
}
