using System.Diagnostics;
using System.Text;
using Bayou.Kafka.Tests.Support;
using Bayou.Kafka.Tools;
using Bayou.Slices;
using Bayou.Sources;
using static Bayou.Kafka.Tests.Support.Kafka;
using Log = Bayou.Kafka.Tests.Support.Reading;

namespace Bayou.Kafka.Tests;

/// <summary>A source against librdkafka's embedded brokers, whichever client reads.</summary>
public abstract class KafkaSourceTests : IAsyncLifetime
{
    private readonly MockKafkaCluster _cluster;
    private readonly BufferPool _pool = new(poison: true);
    private ISource? _source;

    private readonly string _client;

    protected KafkaSourceTests(string client)
    {
        _client = client;
        Bayou.Kafka.Librdkafka.Native.LibrdkafkaLoader.Load();
        _cluster = new MockKafkaCluster();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_source is not null) await _source.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task ReadAsync_of_all_partitions_returns_every_record_in_order()
    {
        var source = await OpenAsync("t", 8);
        for (var p = 0; p < 8; p++) Produce(_cluster.BootstrapServers, "t", p, 0, 500, $"p{p}-");

        for (var p = 0; p < 8; p++)
        {
            await using var reader = source.OpenReader(new TopicPartition("t", p), 0, ReaderRole.Live);
            var log = await new Log(reader, 0).ToAsync(500, maxRecords: 77);
            Assert.Equal(Values(0, 500, $"p{p}-"), log.Values);
            Assert.Equal(Enumerable.Range(0, 500).Select(i => (long)i), log.Records.Select(record => record.Offset));
        }

        Assert.Equal(0, _pool.RentedBytes);
    }

    [Fact]
    public async Task ReadAsync_keeps_nulls_tombstones_times_and_headers()
    {
        var source = await OpenAsync("t", 1);
        using (var producer = Producer(_cluster.BootstrapServers))
        {
            producer.Produce("t", 0, null, [1, 0, 255], 1234);
            producer.Produce("t", 0, Encoding.UTF8.GetBytes("gone"), null, 1235, [new("kind", [7]), new("empty", []), new("null", null)]);
            producer.Produce("t", 0, [], [], 1236);
            producer.Flush(TimeSpan.FromSeconds(10));
        }

        await using var reader = source.OpenReader(new TopicPartition("t", 0), 0, ReaderRole.Live);
        var seen = new List<string>();
        for (var next = 0L; next < 3;)
        {
            var batch = await reader.ReadAsync(10, 1000, default);
            for (var i = 0; i < batch.Count; i++) seen.Add(Describe(batch[i]));
            next = batch.Range.Next;
            batch.Release();
        }

        Assert.Equal(["1234 null/0100FF", "1235 676F6E65/null kind=07 empty= null=null", "1236 /"], seen);
    }

    [Fact]
    public async Task OpenReader_at_an_offset_begins_there()
    {
        var source = await OpenAsync("t", 1);
        Produce(_cluster.BootstrapServers, "t", 0, 0, 100);

        await using (var first = source.OpenReader(new TopicPartition("t", 0), 90, ReaderRole.Live))
            Assert.Equal(Values(90, 100), (await new Log(first, 90).ToAsync(100)).Values);
        await using var second = source.OpenReader(new TopicPartition("t", 0), 40, ReaderRole.Live);
        Assert.Equal(Values(40, 100), (await new Log(second, 40).ToAsync(100)).Values);
    }

    [Fact]
    public async Task OpenReader_on_a_partition_that_is_read_takes_it_over()
    {
        var source = await OpenAsync("t", 1);
        Produce(_cluster.BootstrapServers, "t", 0, 0, 1000);
        await using var older = source.OpenReader(new TopicPartition("t", 0), 500, ReaderRole.Live);
        await new Log(older, 500).OnceAsync(10);

        await using var newer = source.OpenReader(new TopicPartition("t", 0), 100, ReaderRole.Live);

        var failure = await Assert.ThrowsAsync<SourceException>(async () =>
        {
            while (true) (await older.ReadAsync(1, 1000, default)).Release();
        });
        Assert.Equal(SourceErrorKind.TakenOver, failure.Kind);
        Assert.Equal(Values(100, 1000), (await new Log(newer, 100).ToAsync(1000)).Values);
        await older.DisposeAsync();
        Produce(_cluster.BootstrapServers, "t", 0, 1000, 1001);
        Assert.Equal(1, await new Log(newer, 1000).OnceAsync());
    }

    [Fact]
    public async Task ReadAsync_at_the_end_waits_and_hands_a_new_record_on_at_once()
    {
        var source = await OpenAsync("t", 2);
        await using var reader = source.OpenReader(new TopicPartition("t", 1), 0, ReaderRole.Live);
        var log = new Log(reader, 0);
        using (var limit = new CancellationTokenSource(300))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reader.ReadAsync(1, 1, limit.Token));
        var delays = new List<double>();
        using var producer = Producer(_cluster.BootstrapServers, ("linger.ms", "0"));

        for (var i = 0; i < 20; i++)
        {
            var read = log.OnceAsync();
            producer.Produce("t", 1, null, $"v{i}");
            producer.Flush(TimeSpan.FromSeconds(10));
            var clock = Stopwatch.GetTimestamp();
            await read;
            delays.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
        }

        Assert.Equal(Values(0, 20), log.Values);
        delays.Sort();
        // The mock broker looks for new records every 100 ms or so; the reader itself adds next to nothing.
        Assert.InRange(delays[10], 0, 250);
    }

    [Fact]
    public async Task OpenReader_for_catch_up_reads_beside_the_live_one()
    {
        var source = await OpenAsync("t", 1);
        Produce(_cluster.BootstrapServers, "t", 0, 0, 300);
        await using var live = source.OpenReader(new TopicPartition("t", 0), 200, ReaderRole.Live);
        var readers = Enumerable.Range(0, 6).Select(i => (From: i * 10L, Reader: source.OpenReader(new TopicPartition("t", 0), i * 10L, ReaderRole.CatchUp))).ToList();

        Assert.Equal(Values(200, 300), (await new Log(live, 200).ToAsync(300)).Values);
        foreach (var (from, reader) in readers)
        {
            Assert.Equal(Values((int)from, 300), (await new Log(reader, from).ToAsync(300)).Values);
            await reader.DisposeAsync();
        }
    }

    [Fact]
    public async Task OpenReader_beyond_the_end_fails_with_the_bounds()
    {
        var source = await OpenAsync("t", 1);
        Produce(_cluster.BootstrapServers, "t", 0, 0, 10);
        await using var reader = source.OpenReader(new TopicPartition("t", 0), 5000, ReaderRole.Live);

        var failure = await Assert.ThrowsAsync<SourceException>(async () => await reader.ReadAsync(1, 1, default));

        Assert.Equal((SourceErrorKind.OffsetOutOfRange, new TopicPartition("t", 0)), (failure.Kind, failure.Partition));
        Assert.Contains("[0, 10)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("5000", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_slowly_holds_bounded_memory_and_loses_nothing()
    {
        const int Partitions = 4;
        const int Records = 4000;
        var source = await OpenAsync("t", Partitions, ("bayou.read.ahead.bytes", "1048576"), ("bayou.read.ahead.partition.bytes", "131072"));
        var filler = new string('x', 1000);
        for (var p = 0; p < Partitions; p++) Produce(_cluster.BootstrapServers, "t", p, 0, Records, filler);
        var readers = Enumerable.Range(0, Partitions).Select(p => source.OpenReader(new TopicPartition("t", p), 0, ReaderRole.Live)).ToList();
        var logs = readers.Select(reader => new Log(reader, 0)).ToList();

        // One partition is read to its end while the others are not read at all, then the rest.
        await logs[0].ToAsync(Records, maxRecords: 50);
        var held = _pool.RentedBytes;
        for (var p = 1; p < Partitions; p++) await logs[p].ToAsync(Records, maxRecords: 333);

        Assert.InRange(held, 1, 4 * 1048576);
        foreach (var log in logs) Assert.Equal(Values(0, Records, filler), log.Values);
        foreach (var reader in readers) await reader.DisposeAsync();
        Assert.Equal(0, _pool.RentedBytes);
    }

    [Fact]
    public async Task Broker_away_and_back_loses_and_doubles_nothing()
    {
        var source = await OpenAsync("t", 1);
        Produce(_cluster.BootstrapServers, "t", 0, 0, 100);
        await using var reader = source.OpenReader(new TopicPartition("t", 0), 0, ReaderRole.Live);
        var log = await new Log(reader, 0).ToAsync(50, maxRecords: 50);

        _cluster.TakeDown(1);
        await log.ToAsync(100);
        var waiting = log.OnceAsync();
        _cluster.BringUp(1);
        Produce(_cluster.BootstrapServers, "t", 0, 100, 200);
        await waiting;

        Assert.Equal(Values(0, 200), (await log.ToAsync(200)).Values);
    }

    [Fact]
    public async Task Several_topics_are_told_apart()
    {
        _cluster.CreateTopic("a", 2);
        _cluster.CreateTopic("b", 2);
        _source = await Factory(_pool).OpenAsync(Definition(_cluster.BootstrapServers, ["a", "b"], With(_client)), default);
        foreach (var topic in new[] { "a", "b" }) Produce(_cluster.BootstrapServers, topic, 1, 0, 50, topic);

        await using var a = _source.OpenReader(new TopicPartition("a", 1), 0, ReaderRole.Live);
        await using var b = _source.OpenReader(new TopicPartition("b", 1), 0, ReaderRole.Live);

        Assert.Equal(Values(0, 50, "a"), (await new Log(a, 0).ToAsync(50)).Values);
        Assert.Equal(Values(0, 50, "b"), (await new Log(b, 0).ToAsync(50)).Values);
        Assert.Throws<SourceException>(() => _source.OpenReader(new TopicPartition("c", 0), 0, ReaderRole.Live));
    }

    [Fact]
    public async Task Watermarks_are_known_once_the_partition_was_fetched()
    {
        var source = await OpenAsync("t", 1);
        Produce(_cluster.BootstrapServers, "t", 0, 0, 30);
        await using var reader = source.OpenReader(new TopicPartition("t", 0), 10, ReaderRole.Live);

        await new Log(reader, 10).ToAsync(30);

        Assert.Equal(new Watermarks(0, 30), reader.Watermarks);
        Assert.Equal(new Watermarks(0, 30), await source.GetWatermarksAsync(new TopicPartition("t", 0), default));
    }

    [Fact]
    public async Task A_mock_partition_forgets_its_oldest_batches_past_its_limit()
    {
        var source = await OpenAsync("t", 2);
        var filler = new string('x', 10_000);
        Produce(_cluster.BootstrapServers, "t", 0, 0, 1000, filler, ("batch.size", "100000"));
        Produce(_cluster.BootstrapServers, "t", 1, 0, 1000, filler, ("batch.size", "100000"), ("compression.type", "gzip"));

        var plain = await source.GetWatermarksAsync(new TopicPartition("t", 0), default);
        var compressed = await source.GetWatermarksAsync(new TopicPartition("t", 1), default);

        Assert.InRange((plain.High - plain.Low) * 10_000, MockKafkaCluster.MaxRetainedBytesPerPartition * 9 / 10, MockKafkaCluster.MaxRetainedBytesPerPartition);
        Assert.Equal(new Watermarks(0, 1000), compressed);
    }

    private async Task<ISource> OpenAsync(string topic, int partitions, params (string, string)[] options)
    {
        _cluster.CreateTopic(topic, partitions);
        return _source = await Factory(_pool).OpenAsync(Definition(_cluster.BootstrapServers, [topic], With(_client, options)), default);
    }

    private static string Describe(RecordView record)
    {
        var text = new StringBuilder($"{record.TimestampMilliseconds} {(record.HasKey ? Convert.ToHexString(record.Key) : "null")}/{(record.HasValue ? Convert.ToHexString(record.Value) : "null")}");
        var headers = record.Headers;
        while (headers.MoveNext()) text.Append($" {Encoding.UTF8.GetString(headers.Key)}={(headers.HasValue ? Convert.ToHexString(headers.Value) : "null")}");
        return text.ToString();
    }
}
