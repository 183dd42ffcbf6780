using Bayou.Kafka.Records;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Records;

public sealed class AbortedTransactionsTests
{
    private const int Abort = 0;
    private const int Commit = 1;

    [Fact]
    public void Next_leaves_out_an_aborted_transaction_and_nothing_else()
    {
        // Producers 7 and 8 take turns; 9 writes without a transaction.
        byte[] set =
        [
            .. Of(0, 7, "7 lost"), .. Of(1, 8, "8 kept"), .. Plain(2, 9, "9 kept"), .. Of(3, 7, "7 lost, too"),
            .. EncodedBatch.Marker(4, 8, Commit), .. EncodedBatch.Marker(5, 7, Abort), .. Of(6, 7, "7 kept"), .. EncodedBatch.Marker(7, 7, Commit),
        ];

        var decoded = DecodedSet.Of(set, aborted: [new AbortedTransaction(7, 0)]);

        Assert.Equal([(1L, "8 kept"), (2L, "9 kept"), (6L, "7 kept")], decoded.Values);
        Assert.Equal([new OffsetRange(0, 8)], decoded.Ranges);
    }

    [Fact]
    public void Next_of_a_producers_second_aborted_transaction_keeps_what_lies_between()
    {
        byte[] set =
        [
            .. Of(0, 7, "lost"), .. EncodedBatch.Marker(1, 7, Abort), .. Of(2, 7, "kept"), .. EncodedBatch.Marker(3, 7, Commit),
            .. Of(4, 7, "lost"), .. EncodedBatch.Marker(5, 7, Abort), .. Of(6, 7, "kept"),
        ];

        // Brokers list them in any order.
        var decoded = DecodedSet.Of(set, aborted: [new AbortedTransaction(7, 4), new AbortedTransaction(7, 0)]);

        Assert.Equal([(2L, "kept"), (6L, "kept")], decoded.Values);
    }

    [Fact]
    public void Next_from_within_an_aborted_transaction_leaves_out_its_rest()
    {
        byte[] set = [.. Of(10, 7, "lost"), .. EncodedBatch.Marker(11, 7, Abort), .. Of(12, 7, "kept")];

        Assert.Equal([(12L, "kept")], DecodedSet.Of(set, position: 10, aborted: [new AbortedTransaction(7, 3)]).Values);
    }

    [Fact]
    public void Next_below_the_position_still_follows_markers()
    {
        byte[] set = [.. Of(0, 7, "lost"), .. EncodedBatch.Marker(1, 7, Abort), .. Of(2, 7, "kept")];

        Assert.Equal([(2L, "kept")], DecodedSet.Of(set, position: 2, aborted: [new AbortedTransaction(7, 0)]).Values);
    }

    [Fact]
    public void Next_of_nothing_but_aborted_records_moves_on()
    {
        byte[] set = [.. Of(0, 7, "lost"), .. Of(1, 7, "lost"), .. EncodedBatch.Marker(2, 7, Abort)];

        var decoded = DecodedSet.Of(set, aborted: [new AbortedTransaction(7, 0)]);

        Assert.Equal([new OffsetRange(0, 3)], decoded.Ranges);
        Assert.Equal([0], decoded.Counts);
    }

    [Fact]
    public void Next_does_not_decompress_what_is_left_out()
    {
        var aborted = new EncodedBatch(0) { ProducerId = 7, Flags = EncodedBatch.Transactional, Compression = RecordCompression.Snappy, Count = 1, Payload = [1, 2, 3] };

        Assert.Equal([(1L, "kept")], DecodedSet.Of([.. aborted.ToArray(), .. Of(1, 8, "kept")], aborted: [new AbortedTransaction(7, 0)]).Values);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Next_without_aborted_transactions_leaves_out_markers_only(bool isUncommitted)
    {
        byte[] set = [.. Of(0, 7, "a"), .. EncodedBatch.Marker(1, 7, Abort), .. Of(2, 7, "b")];

        Assert.Equal([(0L, "a"), (2L, "b")], DecodedSet.Of(set, aborted: isUncommitted ? null : []).Values);
    }

    [Fact]
    public void Next_with_an_empty_marker_batch_keeps_the_transaction_aborted()
    {
        // Compaction may have taken the marker's record.
        var empty = new EncodedBatch(1) { ProducerId = 7, Flags = EncodedBatch.Transactional | EncodedBatch.Control }.ToArray();

        Assert.Empty(DecodedSet.Of([.. Of(0, 7, "lost"), .. empty, .. Of(2, 7, "lost")], aborted: [new AbortedTransaction(7, 0)]).Values);
    }

    private static byte[] Of(long offset, long producer, string value) =>
        new EncodedBatch(offset) { ProducerId = producer, Flags = EncodedBatch.Transactional }.Add("k", value).ToArray();

    private static byte[] Plain(long offset, long producer, string value) => new EncodedBatch(offset) { ProducerId = producer }.Add("k", value).ToArray();
}
