using System.Buffers.Binary;
using Bayou.Kafka.Records;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Records;

public sealed class CorruptRecordsTests
{
    private static readonly byte[] Good = new EncodedBatch(0).AddMany(3, i => $"value {i}").ToArray();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Next_of_a_wrong_checksum_fails_after_what_precedes(int compression)
    {
        var bad = new EncodedBatch(3) { Compression = (RecordCompression)compression }.AddMany(3, i => $"value {i}").ToArray();
        bad[^2] ^= 1;

        AssertFails(bad, CorruptRecordsKind.Corrupt, "checksum");
    }

    [Fact]
    public void Next_of_a_wrong_checksum_that_is_not_checked_returns_the_records()
    {
        var bad = (byte[])Good.Clone();
        bad[^2] ^= 1;

        Assert.Equal(["value 0", "value 1", "value 3"], DecodedSet.Of(bad, checkCrcs: false).Records.Select(record => record.Value));
    }

    [Theory]
    [InlineData("0 0 0 0 0 0")]
    [InlineData("0 0 0 0 0 0 0")]
    [InlineData("0 0 0 -2 0 0")]
    [InlineData("0 0 0 0 -2 0")]
    [InlineData("0 0 0 1 0 0")]
    [InlineData("0 0 0 0 1 0")]
    [InlineData("0 0 0 2147483647 0 0")]
    [InlineData("0 0 0 0 2147483647 0")]
    [InlineData("0 0 0 -2147483648 0 0")]
    [InlineData("0 0 0 0 0 1")]
    [InlineData("0 0 0 0 0 -1")]
    [InlineData("0 0 0 0 0 2147483647")]
    [InlineData("0 0 0 0 0 1 -1 0")]
    [InlineData("0 0 0 0 0 1 0 -2")]
    [InlineData("0 0 0 0 0 1 1 0")]
    [InlineData("0 0 0 0 0 1 0 1")]
    [InlineData("0 0 0 0 0 2 0 0")]
    [InlineData("0 0 0 0 0 1 0 2147483647")]
    [InlineData("0 0 -1 0 0 0")]
    [InlineData("0 0 2 0 0 0")]
    [InlineData("0 0 2147483647 0 0 0")]
    [InlineData("0 0 8589934592 0 0 0")]
    public void Next_of_a_record_whose_parts_cannot_be_true_fails(string parts)
    {
        // All fields are integers here, as keys and values are empty. The last offset delta allowed is 1.
        var isRight = parts == "0 0 0 0 0 0";
        var record = new VarintBytes();
        foreach (var part in parts.Split(' ')) record.Varint(long.Parse(part));
        var batch = new EncodedBatch(3) { LastOffsetDelta = 1 }.AddRaw(record.ToArray()).ToArray();

        if (isRight) Assert.Equal([3L], DecodedSet.Of(batch, 3).Records.Select(one => one.Offset));
        else AssertFails(batch, CorruptRecordsKind.Corrupt, "record 0 of 1");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Next_of_a_record_length_outside_of_the_batch_fails(int length)
    {
        var payload = new VarintBytes().Varint(length).Bytes(0, 0, 0, 0, 0, 0).ToArray();

        AssertFails(new EncodedBatch(3) { Count = 1, Payload = payload }.ToArray(), CorruptRecordsKind.Corrupt, "record 0 of 1");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 0)]
    public void Next_of_offset_deltas_that_do_not_increase_fails(int first, int second)
    {
        var batch = new EncodedBatch(3) { LastOffsetDelta = 5 }.Add("a", "a", delta: first).Add("b", "b", delta: second).ToArray();

        AssertFails(batch, CorruptRecordsKind.Corrupt, "record 1 of 2 has offset delta");
    }

    [Theory]
    [InlineData(2, "follow the last")]
    [InlineData(4, "record 3 of 4")]
    [InlineData(-1, "claims -1 records")]
    [InlineData(int.MaxValue, "claims 2147483647 records")]
    public void Next_of_a_wrong_count_fails(int count, string reason)
    {
        foreach (var compression in new[] { RecordCompression.None, RecordCompression.Snappy })
            AssertFails(new EncodedBatch(3) { Count = count, Compression = compression }.AddMany(3, i => "some value").ToArray(), CorruptRecordsKind.Corrupt, reason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Next_of_records_that_do_not_decompress_fails(int compression)
    {
        var batch = new EncodedBatch(3) { Compression = (RecordCompression)compression, Count = 1, Payload = [.. "not compressed at all"u8] }.ToArray();

        AssertFails(batch, CorruptRecordsKind.Corrupt, "data");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Next_of_records_that_decompress_to_too_many_bytes_fails(int compression)
    {
        var batch = new EncodedBatch(3) { Compression = (RecordCompression)compression }.Add(null, new string('x', 10_001)).ToArray();

        AssertFails(batch, CorruptRecordsKind.TooLarge, "more than the 10000 bytes");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Next_of_an_unknown_compression_names_it(int compression) =>
        AssertFails(new EncodedBatch(3) { Compression = (RecordCompression)compression }.Add("a", "a").ToArray(), CorruptRecordsKind.UnsupportedFormat, $"number {compression}");

    [Fact]
    public void Next_of_a_malformed_header_fails_after_what_precedes()
    {
        var old = new EncodedBatch(3).Add("a", "a").ToArray();
        old[16] = 1;

        AssertFails(old, CorruptRecordsKind.UnsupportedFormat, "message format v1");
    }

    [Fact]
    public void Next_of_less_than_one_batch_tells_the_option()
    {
        var decoded = DecodedSet.Of(Good[..^1]);

        Assert.Equal((0, CorruptRecordsKind.TooLarge), (decoded.Ranges.Count, decoded.Failure!.Kind));
        Assert.Contains("max.partition.fetch.bytes", decoded.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_of_a_marker_that_is_none_fails_only_where_markers_matter()
    {
        var marker = new EncodedBatch(3) { Flags = EncodedBatch.Control | EncodedBatch.Transactional, ProducerId = 9 }.Add("abc", "too short").ToArray();

        AssertFails(marker, CorruptRecordsKind.Corrupt, "transaction marker", [new AbortedTransaction(9, 0)]);
        Assert.Null(DecodedSet.Of(marker, 3).Failure);
    }

    [Fact]
    public void Next_after_a_control_batch_and_a_corrupt_one_moves_first_and_fails_again_and_again()
    {
        var bad = new EncodedBatch(1).Add("a", "a").ToArray();
        bad[^1] ^= 1;
        using var decoder = DecodedSet.Open(new Slices.BufferPool(), [.. EncodedBatch.Marker(0, 1, 1), .. bad]);

        Assert.Equal(new OffsetRange(0, 1), decoder.Next(0, 10, 1000)!.Range);
        Assert.Equal(1, Assert.Throws<CorruptRecordsException>(() => decoder.Next(1, 10, 1000)).Offset);
        Assert.Equal(1, Assert.Throws<CorruptRecordsException>(() => decoder.Next(1, 10, 1000)).Offset);
    }

    // A good batch comes before and one behind: the former is handed out, the latter never.
    private static void AssertFails(byte[] batch, CorruptRecordsKind kind, string reason, IReadOnlyList<AbortedTransaction>? aborted = null)
    {
        var offset = BinaryPrimitives.ReadInt64BigEndian(batch);
        byte[] set = [.. Good, .. batch, .. new EncodedBatch(1000).Add("behind", "behind").ToArray()];

        var decoded = DecodedSet.Of(set, aborted: aborted, maxBatchBytes: 10_000);

        Assert.Equal([(0L, "value 0"), (1L, "value 1"), (2L, "value 2")], decoded.Values);
        Assert.Equal([new OffsetRange(0, 3)], decoded.Ranges);
        Assert.Equal((kind, offset), (decoded.Failure!.Kind, decoded.Failure.Offset));
        Assert.Contains($"t/3 at offset {offset} failed", decoded.Failure.Message, StringComparison.Ordinal);
        Assert.True(decoded.Failure.Message.Contains(reason, StringComparison.Ordinal), decoded.Failure.Message);
    }
}
