using System.Runtime.InteropServices;
using Bayou.Kafka.Records;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Records;

public sealed class RecordSetDecoderTests
{
    [Fact]
    public void Next_returns_every_part_of_every_record()
    {
        var set = new EncodedBatch(40) { BaseTimestamp = 1000 }
            .Add("key", "value", timestampDelta: 5)
            .Add(null, "no key", timestampDelta: -7)
            .Add("", "", delta: 4)
            .Add("tombstone", null, timestampDelta: 1L << 40)
            .Add("k", "v", headers: [("a", "1"), ("a", null), ("", ""), ("b", new string('x', 300))])
            .ToArray();

        var decoded = DecodedSet.Of(set, position: 40);

        Assert.Equal(
            [
                new(40, 1005, "key", "value", ""),
                new(41, 993, null, "no key", ""),
                new(44, 1000, "", "", ""),
                new(45, 1000 + (1L << 40), "tombstone", null, ""),
                new(46, 1000, "k", "v", $"a=1;a=null;=;b={new string('x', 300)};"),
            ],
            decoded.Records);
        Assert.Equal([new OffsetRange(40, 47)], decoded.Ranges);
        Assert.Null(decoded.Failure);
    }

    [Fact]
    public void Next_with_log_append_time_has_the_batchs_timestamp()
    {
        var set = new EncodedBatch(0) { Flags = EncodedBatch.LogAppendTime, MaxTimestamp = 777 }.Add("a", "a", timestampDelta: 5).Add("b", "b", timestampDelta: 6).ToArray();

        Assert.Equal([777L, 777L], DecodedSet.Of(set).Records.Select(record => record.Timestamp));
    }

    [Fact]
    public void Next_without_timestamps_has_minus_one()
    {
        var set = new EncodedBatch(0) { BaseTimestamp = -1, MaxTimestamp = -1 }.Add("a", "a").ToArray();

        Assert.Equal([-1L], DecodedSet.Of(set).Records.Select(record => record.Timestamp));
    }

    [Theory]
    [InlineData(99, 3)]
    [InlineData(100, 3)]
    [InlineData(101, 2)]
    [InlineData(102, 1)]
    public void Next_from_within_a_batch_drops_what_lies_below(long position, int left)
    {
        var decoded = DecodedSet.Of(new EncodedBatch(100).AddMany(3, i => $"value {i}").ToArray(), position);

        Assert.Equal(Enumerable.Range(3 - left, left).Select(i => (100L + i, (string?)$"value {i}")), decoded.Values);
        Assert.Equal([new OffsetRange(position, 103)], decoded.Ranges);
    }

    [Fact]
    public void Next_beyond_the_set_returns_null() => Assert.Empty(DecodedSet.Of(new EncodedBatch(100).AddMany(3, i => "x").ToArray(), 103).Ranges);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Next_of_several_batches_joins_them(int compression)
    {
        byte[] set = [.. Batch(0, 3, compression), .. Batch(10, 3, compression), .. Batch(20, 3, compression)];

        var decoded = DecodedSet.Of(set);

        Assert.Equal(new long[] { 0, 1, 2, 10, 11, 12, 20, 21, 22 }.Select(offset => (offset, (string?)$"value {offset % 10}")), decoded.Values);
        Assert.Equal([new OffsetRange(0, 23)], decoded.Ranges);
    }

    [Fact]
    public void Next_where_compression_changes_begins_another_micro_batch()
    {
        byte[] set = [.. Batch(0, 2, 0), .. Batch(2, 2, 1), .. Batch(4, 2, 2), .. Batch(6, 2, 0)];

        var decoded = DecodedSet.Of(set);

        Assert.Equal([new OffsetRange(0, 2), new OffsetRange(2, 6), new OffsetRange(6, 8)], decoded.Ranges);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => ((long)i, (string?)$"value {i % 2}")), decoded.Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Next_with_few_records_allowed_splits_across_batches(int compression)
    {
        byte[] set = [.. Batch(0, 7, compression), .. Batch(7, 7, compression)];

        var decoded = DecodedSet.Of(set, maxRecords: 4);

        Assert.Equal([4, 4, 4, 2], decoded.Counts);
        Assert.Equal([new OffsetRange(0, 4), new OffsetRange(4, 8), new OffsetRange(8, 12), new OffsetRange(12, 14)], decoded.Ranges);
        Assert.Equal(Enumerable.Range(0, 14).Select(i => ((long)i, (string?)$"value {i % 7}")), decoded.Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Next_with_few_bytes_allowed_returns_a_larger_record_alone(int compression)
    {
        var set = new EncodedBatch(0) { Compression = (RecordCompression)compression }
            .Add(null, "small").Add(null, "small").Add(null, new string('x', 500)).Add(null, "small").Add(null, "small").ToArray();

        var decoded = DecodedSet.Of(set, maxBytes: 100);

        Assert.Equal([2, 1, 2], decoded.Counts);
        Assert.Equal([new OffsetRange(0, 2), new OffsetRange(2, 3), new OffsetRange(3, 5)], decoded.Ranges);
        Assert.Equal(500, decoded.Records[2].Value!.Length);
        Assert.All(new[] { 0, 2 }, i => Assert.InRange(decoded.DataLengths[i], 10, 100));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1 << 20)]
    [InlineData(10_000, 3000)]
    [InlineData(777, 100_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Next_in_any_portions_returns_the_same(int maxRecords, int maxBytes)
    {
        var random = new Random(3);
        var set = new MemoryStream();
        var expected = new List<(long, string?)>();
        for (var offset = 0L; offset < 4000;)
        {
            // Batches of one compression come in rows, as they do in a topic.
            var batch = new EncodedBatch(offset) { Compression = (RecordCompression)(offset / 500 % 4) };
            var count = random.Next(1, 300);
            for (var i = 0; i < count; i++)
            {
                var value = new string((char)('a' + random.Next(26)), random.Next(0, 200));
                batch.Add($"{i}", value);
                expected.Add((offset + i, value));
            }

            set.Write(batch.ToArray());
            offset += count;
        }

        var decoded = DecodedSet.Of(set.ToArray(), 0, maxRecords, maxBytes);

        Assert.Null(decoded.Failure);
        Assert.Equal(expected, decoded.Values);
        Assert.All(decoded.Counts, count => Assert.InRange(count, 1, maxRecords));
        Assert.All(decoded.DataLengths.Zip(decoded.Counts), batch => Assert.True(batch.First <= maxBytes || batch.Second == 1));
    }

    [Fact]
    public void Next_over_gaps_and_control_batches_moves_the_range()
    {
        // Compaction left a batch empty, took a batch's last record, and removed whole batches between.
        byte[] set =
        [
            .. new EncodedBatch(10) { LastOffsetDelta = 4 }.ToArray(),
            .. new EncodedBatch(20) { LastOffsetDelta = 9 }.Add("a", "a", delta: 2).Add("b", "b", delta: 5).ToArray(),
            .. EncodedBatch.Marker(30, 1, 1),
            .. EncodedBatch.Marker(40, 1, 0),
        ];

        var decoded = DecodedSet.Of(set, position: 8);

        Assert.Equal([(22L, "a"), (25L, "b")], decoded.Values);
        Assert.Equal([new OffsetRange(8, 41)], decoded.Ranges);
    }

    [Fact]
    public void Next_with_nothing_left_to_hand_out_moves_the_range_once()
    {
        byte[] set = [.. EncodedBatch.Marker(5, 1, 1), .. new EncodedBatch(6) { LastOffsetDelta = 3 }.ToArray()];

        var decoded = DecodedSet.Of(set, position: 5);

        Assert.Equal([new OffsetRange(5, 10)], decoded.Ranges);
        Assert.Equal([0], decoded.Counts);
    }

    [Fact]
    public void Next_split_before_a_gap_ends_where_the_next_record_is()
    {
        var set = new EncodedBatch(0) { LastOffsetDelta = 20 }.Add("a", "a").Add("b", "b", delta: 9).Add("c", "c", delta: 10).ToArray();

        Assert.Equal([new OffsetRange(0, 9), new OffsetRange(9, 10), new OffsetRange(10, 21)], DecodedSet.Of(set, maxRecords: 1).Ranges);
    }

    [Fact]
    public void Next_of_a_set_that_ends_within_a_batch_returns_the_whole_ones()
    {
        byte[] set = [.. Batch(0, 2, 0), .. Batch(2, 2, 0)[..^1]];

        var decoded = DecodedSet.Of(set);

        Assert.Equal([new OffsetRange(0, 2)], decoded.Ranges);
        Assert.Null(decoded.Failure);
    }

    [Fact]
    public void Next_of_uncompressed_records_copies_nothing()
    {
        var pool = new BufferPool(poison: true);
        var buffer = pool.Rent(2000);
        var set = Batch(0, 5, 0);
        set.CopyTo(buffer.Array, 100);
        using var decoder = new RecordSetDecoder(new TopicPartition("t", 0), pool, buffer, 100, set.Length, null, true, 10_000);

        var first = decoder.Next(0, 2, 1000)!;
        var second = decoder.Next(2, 10, 1000)!;

        MemoryMarshal.TryGetArray(first.Data, out var firstData);
        MemoryMarshal.TryGetArray(second.Data, out var secondData);
        Assert.Same(buffer.Array, firstData.Array);
        Assert.Same(buffer.Array, secondData.Array);
        // Between two records lie length, attributes, two deltas and the key's length.
        Assert.Equal(firstData.Offset + firstData.Count + 5, secondData.Offset);
        Assert.Equal(100 + set.Length, secondData.Offset + secondData.Count);
        first.Release();
        second.Release();
    }

    [Fact]
    public void Dispose_half_read_leaves_the_handed_out_alive_and_returns_the_rest()
    {
        foreach (var compression in new[] { 0, 2 })
        {
            var pool = new BufferPool(poison: true);
            var decoder = DecodedSet.Open(pool, [.. Batch(0, 50, compression), .. Batch(50, 50, compression)]);
            var batch = decoder.Next(0, 30, 1 << 20)!;

            decoder.Dispose();
            decoder.Dispose();

            Assert.Equal(Enumerable.Range(0, 30).Select(i => $"value {i}"), ReadRecord.AllOf(batch).Select(record => record.Value));
            batch.Release();
            Assert.Equal(0, pool.RentedBytes);
            Assert.Throws<ObjectDisposedException>(() => decoder.Next(30, 1, 1));
        }
    }

    [Fact]
    public void Next_with_many_records_allocates_for_micro_batches_only()
    {
        var pool = new BufferPool();
        var set = Batch(0, 20_000, 0);
        DecodeAll(pool, set);
        var before = GC.GetAllocatedBytesForCurrentThread();

        DecodeAll(pool, set);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    private static void DecodeAll(BufferPool pool, byte[] set)
    {
        using var decoder = DecodedSet.Open(pool, set);
        for (var position = 0L; decoder.Next(position, 10_000, 1 << 20) is { } batch; batch.Release()) position = batch.Range.Next;
    }

    private static byte[] Batch(long offset, int count, int compression) =>
        new EncodedBatch(offset) { Compression = (RecordCompression)compression }.AddMany(count, i => $"value {i}").ToArray();
}
