using Bayou.Kafka.Tests.Support;
using Bayou.Sources;
using Confluent.Kafka;
using static Bayou.Kafka.Tests.Support.Kafka;

namespace Bayou.Kafka.Tests.Oracle;

/// <summary>Transactions at a real broker read as Confluent.Kafka reads them, under both isolation levels.</summary>
[Trait("Category", "Kafka")]
[Collection(BrokerCollection.Name)]
public sealed class TransactionOracleTests(LocalBroker broker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly OracleTopic _topic = new(broker);
    private int _written;

    [BrokerTheory]
    [InlineData("none")]
    [InlineData("zstd")]
    public async Task ReadAsync_of_committed_and_aborted_is_the_same(string codec)
    {
        await _topic.CreateAsync(2);
        using var producer = Transactional("a", codec);
        foreach (var (count, commit) in ((int, bool)[])[(10, true), (1, false), (300, true), (250, false), (1, true), (7, false), (3, false)])
        {
            producer.BeginTransaction();
            Write(producer, 0, count);
            if (count > 5) Write(producer, 1, count);
            End(producer, commit);
        }

        // Ends with plain records, so that markers lie in the middle, too.
        Produce(broker.Address, _topic.Name, 0, 0, 20);

        Assert.Equal((331 + 310, 592 + 567), await CountsAsync());
    }

    [BrokerFact]
    public async Task ReadAsync_of_two_producers_that_interleave_is_the_same()
    {
        await _topic.CreateAsync(1);
        using var first = Transactional("a");
        using var second = Transactional("b");
        for (var round = 0; round < 8; round++)
        {
            first.BeginTransaction();
            second.BeginTransaction();
            for (var i = 0; i < 5; i++)
            {
                Write(first, 0, 3);
                Write(second, 0, 2);
                if (i == 2) Produce(broker.Address, _topic.Name, 0, 0, 1);
            }

            // One ends before the other; each of the four outcomes comes up twice.
            End(round % 2 == 0 ? first : second, commit: round / 2 % 2 == 0);
            Write(round % 2 == 0 ? second : first, 0, 2);
            End(round % 2 == 0 ? second : first, commit: round / 4 % 2 == 0);
        }

        var (committed, all) = await CountsAsync();
        Assert.Equal(8 * (25 + 1 + 2), all);
        Assert.InRange(committed, 8, all - 1);
    }

    [BrokerFact]
    public async Task ReadAsync_with_a_transaction_left_open_is_the_same_before_and_after_its_end()
    {
        await _topic.CreateAsync(1);
        using var closed = Transactional("a");
        using var open = Transactional("b");
        closed.BeginTransaction();
        Write(closed, 0, 10);
        End(closed, commit: true);
        open.BeginTransaction();
        Write(open, 0, 5);
        closed.BeginTransaction();
        Write(closed, 0, 10);
        End(closed, commit: false);
        Produce(broker.Address, _topic.Name, 0, 0, 10);

        Assert.Equal((10, 35), await CountsAsync());
        End(open, commit: false);
        Assert.Equal((20, 35), await CountsAsync());
    }

    [BrokerTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadAsync_at_an_open_transaction_goes_on_at_its_end_and_is_the_same(bool commit)
    {
        await _topic.CreateAsync(1);
        Produce(broker.Address, _topic.Name, 0, 0, 20);
        using var producer = Transactional("a");
        producer.BeginTransaction();
        Write(producer, 0, 50);
        var differential = _topic.Reading();
        await using var source = await differential.OpenAsync();
        var reading = new SourceReading(source, new Bayou.Sources.TopicPartition(_topic.Name, 0), 0);
        await reading.ToAsync(20, ReadSizes.Usual);
        Assert.Equal(20, reading.Next);

        var waiting = reading.ToAsync(71, ReadSizes.Usual);
        End(producer, commit);
        await waiting;

        Assert.Equal(commit ? 70 : 20, reading.Content.Records.Count);
        differential.Same([reading]);
    }

    [BrokerFact]
    public async Task ReadAsync_of_nothing_but_markers_is_the_same()
    {
        await _topic.CreateAsync(1);
        using var producer = Transactional("a");
        for (var i = 0; i < 5; i++)
        {
            producer.BeginTransaction();
            Write(producer, 0, 1);
            End(producer, commit: false);
        }

        Assert.Equal((0, 5), await CountsAsync());
    }

    [BrokerFact]
    public async Task ReadAsync_of_many_small_transactions_is_the_same()
    {
        await _topic.CreateAsync(1);
        using var producer = Transactional("a");
        for (var i = 0; i < 150; i++)
        {
            producer.BeginTransaction();
            Write(producer, 0, 2);
            End(producer, commit: i % 3 != 0);
        }

        Assert.Equal((200, 300), await CountsAsync());
    }

    /// <summary>Compares under both levels, in many sizes; the number of records that each shows.</summary>
    private async Task<(int Committed, int All)> CountsAsync()
    {
        var committed = await _topic.Reading(("isolation.level", "read_committed")).SameAsync(ReadSizes.Many);
        var all = await _topic.Reading(("isolation.level", "read_uncommitted")).SameAsync(ReadSizes.Many);
        return (committed.Sum(content => content.Records.Count), all.Sum(content => content.Records.Count));
    }

    private IProducer<byte[], byte[]> Transactional(string name, string codec = "none")
    {
        var properties = new Dictionary<string, string>
        {
            ["bootstrap.servers"] = broker.Address, ["transactional.id"] = $"{_topic.Name}-{name}", ["linger.ms"] = "0", ["compression.type"] = codec,
        };
        var producer = new ProducerBuilder<byte[], byte[]>(properties).SetLogHandler((_, _) => { }).Build();
        producer.InitTransactions(Patience);
        return producer;
    }

    private void Write(IProducer<byte[], byte[]> producer, int partition, int count)
    {
        for (var i = 0; i < count; i++)
            producer.Produce(new Confluent.Kafka.TopicPartition(_topic.Name, partition), new Message<byte[], byte[]> { Key = [1], Value = BitConverter.GetBytes(_written++) });
        Assert.Equal(0, producer.Flush(Patience));
    }

    private static void End(IProducer<byte[], byte[]> producer, bool commit)
    {
        if (commit) producer.CommitTransaction(Patience);
        else producer.AbortTransaction(Patience);
    }
}
