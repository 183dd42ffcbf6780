using System.Text;
using Bayou.Kafka.Librdkafka.Reading;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Librdkafka.Reading;

public sealed class ReadAheadBufferTests
{
    private readonly BufferPool _pool = new(poison: true);

    [Fact]
    public void TryTake_after_appending_returns_the_records_and_where_to_go_on()
    {
        var buffer = Create(100);
        Append(buffer, 100, "a");
        Append(buffer, 105, "b");

        var batch = buffer.TryTake(10, 1000, out _)!;

        Assert.Equal(new OffsetRange(100, 106), batch.Range);
        Assert.Equal([(100L, "a"), (105L, "b")], Contents(batch));
        batch.Release();
        Assert.Equal(0, _pool.RentedBytes);
    }

    [Fact]
    public void TryTake_with_fewer_records_allowed_splits_and_goes_on()
    {
        var buffer = Create(0);
        for (var i = 0; i < 5; i++) Append(buffer, i, $"value {i}");

        var batches = new[] { buffer.TryTake(2, 1000, out _)!, buffer.TryTake(2, 1000, out _)!, buffer.TryTake(2, 1000, out _)! };

        Assert.Equal([new OffsetRange(0, 2), new OffsetRange(2, 4), new OffsetRange(4, 5)], batches.Select(batch => batch.Range));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => ((long)i, $"value {i}")), batches.SelectMany(Contents));
        foreach (var batch in batches) batch.Release();
        Assert.Equal(0, _pool.RentedBytes);
        Assert.Equal((0, 0), (buffer.BufferedBytes, buffer.BufferedRecords));
    }

    [Fact]
    public void TryTake_with_fewer_bytes_allowed_returns_a_larger_record_alone()
    {
        var buffer = Create(0);
        Append(buffer, 0, "small");
        Append(buffer, 1, new string('x', 100));
        Append(buffer, 2, "small");

        int[] sizes = [buffer.TryTake(10, 50, out _)!.Count, buffer.TryTake(10, 50, out _)!.Count, buffer.TryTake(10, 50, out _)!.Count];

        Assert.Equal([1, 1, 1], sizes);
    }

    [Fact]
    public void TryTake_of_many_blocks_keeps_every_byte_in_order()
    {
        var buffer = Create(0);
        var random = new Random(7);
        var expected = Enumerable.Range(0, 5000).Select(i => ((long)i, new string((char)('a' + i % 26), random.Next(0, 2000)))).ToList();
        foreach (var (offset, value) in expected) Append(buffer, offset, value);

        var actual = new List<(long, string)>();
        while (buffer.TryTake(random.Next(1, 900), random.Next(1, 200_000), out _) is { } batch)
        {
            actual.AddRange(Contents(batch));
            batch.Release();
        }

        Assert.Equal(expected, actual);
        Assert.Equal(0, _pool.RentedBytes);
    }

    [Fact]
    public void Append_below_the_position_is_dropped()
    {
        var buffer = Create(10);
        Append(buffer, 9, "old");
        Append(buffer, 10, "a");
        Append(buffer, 10, "again");

        Assert.Equal([(10L, "a")], Contents(buffer.TryTake(10, 1000, out _)!));
    }

    [Fact]
    public void ReachEnd_beyond_the_last_record_moves_the_last_batch()
    {
        var buffer = Create(0);
        Append(buffer, 0, "a");
        buffer.ReachEnd(3);

        Assert.Equal(new OffsetRange(0, 3), buffer.TryTake(10, 1000, out _)!.Range);
        Assert.Null(buffer.TryTake(10, 1000, out _));
    }

    [Fact]
    public async Task ReachEnd_with_a_waiting_reader_gives_an_empty_batch()
    {
        var buffer = Create(5);
        Assert.Null(buffer.TryTake(10, 1000, out var arrival));

        Assert.True(buffer.ReachEnd(8));
        buffer.Wake();
        await arrival!;

        var batch = buffer.TryTake(10, 1000, out _)!;
        Assert.Equal((0, new OffsetRange(5, 8)), (batch.Count, batch.Range));
    }

    [Fact]
    public void Fail_lets_buffered_records_be_taken_first()
    {
        var buffer = Create(0);
        Append(buffer, 0, "a");
        buffer.Fail(new SourceException(SourceErrorKind.UnknownTopic, "gone"));

        Assert.Equal(1, buffer.TryTake(10, 1000, out _)!.Count);
        var failure = Assert.Throws<SourceException>(() => buffer.TryTake(10, 1000, out _));
        Assert.Equal(SourceErrorKind.UnknownTopic, failure.Kind);
    }

    [Fact]
    public async Task Notice_reaches_a_waiting_reader_once_and_reading_goes_on()
    {
        var buffer = Create(0);
        Assert.Null(buffer.TryTake(10, 1000, out var arrival));

        buffer.Notice(new SourceException(SourceErrorKind.Transient, "away"));
        await arrival!;

        Assert.Throws<SourceException>(() => buffer.TryTake(10, 1000, out _));
        Append(buffer, 0, "a");
        Assert.Equal([(0L, "a")], Contents(buffer.TryTake(10, 1000, out _)!));
    }

    [Fact]
    public void Close_half_read_returns_all_memory()
    {
        var buffer = Create(0);
        for (var i = 0; i < 1000; i++) Append(buffer, i, new string('x', 100));
        buffer.TryTake(3, 1000, out _)!.Release();

        buffer.Close();

        Assert.Equal(0, _pool.RentedBytes);
        Assert.Throws<ObjectDisposedException>(() => buffer.TryTake(1, 1, out _));
    }

    private ReadAheadBuffer Create(long next) => new(new TopicPartition("t", 0), next, _pool);

    private static void Append(ReadAheadBuffer buffer, long offset, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        buffer.Append(new RecordEntry { Offset = offset, KeyLength = -1, ValueLength = bytes.Length, HeadersStart = bytes.Length }, bytes);
    }

    private static List<(long, string)> Contents(MicroBatch batch)
    {
        var contents = new List<(long, string)>();
        for (var i = 0; i < batch.Count; i++) contents.Add((batch[i].Offset, Encoding.UTF8.GetString(batch[i].Value)));
        return contents;
    }
}
