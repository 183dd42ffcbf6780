using System.Buffers.Binary;
using Bayou.Kafka.Records;

namespace Bayou.Kafka.Tests.Records;

public sealed class RecordSetWalkTests
{
    private readonly byte[] _first = new EncodedBatch(100) { LeaderEpoch = 5 }.AddMany(3, i => $"value {i}").ToArray();
    private readonly byte[] _second = new EncodedBatch(110) { LeaderEpoch = 6, LastOffsetDelta = 9 }.AddMany(2, i => $"value {i}").ToArray();

    [Fact]
    public void Through_whole_batches_tells_where_to_fetch_on()
    {
        byte[] set = [.. _first, .. _second];

        var walk = RecordSetWalk.Through(set, 10_000);

        Assert.Equal((set.Length, 2, 120L, 6), (walk.WholeBytes, walk.Batches, walk.NextOffset, walk.LeaderEpoch));
        Assert.Equal((false, false, null), (walk.IsTruncated, walk.IsFirstIncomplete, walk.Problem));
    }

    [Fact]
    public void Through_nothing_has_no_next_offset()
    {
        var walk = RecordSetWalk.Through([], 10_000);

        Assert.Equal((0, 0, null, -1), (walk.WholeBytes, walk.Batches, walk.NextOffset, walk.LeaderEpoch));
        Assert.Equal((false, false, null), (walk.IsTruncated, walk.IsFirstIncomplete, walk.Problem));
    }

    [Fact]
    public void Through_a_set_cut_anywhere_in_its_last_batch_counts_the_first()
    {
        byte[] set = [.. _first, .. _second];
        for (var end = _first.Length + 1; end < set.Length; end++)
        {
            var walk = RecordSetWalk.Through(set.AsSpan(0, end), 10_000);

            Assert.Equal((_first.Length, 1, 103L, 5), (walk.WholeBytes, walk.Batches, walk.NextOffset, walk.LeaderEpoch));
            Assert.Equal((true, false, null), (walk.IsTruncated, walk.IsFirstIncomplete, walk.Problem));
        }
    }

    [Fact]
    public void Through_a_set_cut_anywhere_in_its_first_batch_says_so()
    {
        for (var end = 1; end < _first.Length; end++)
        {
            var walk = RecordSetWalk.Through(_first.AsSpan(0, end), 10_000);

            Assert.Equal((0, true, true, null), (walk.WholeBytes, walk.IsTruncated, walk.IsFirstIncomplete, walk.Problem));
        }
    }

    [Theory]
    [InlineData(0, nameof(CorruptRecordsKind.UnsupportedFormat), "message format v0")]
    [InlineData(1, nameof(CorruptRecordsKind.UnsupportedFormat), "message format v1")]
    [InlineData(3, nameof(CorruptRecordsKind.UnsupportedFormat), "unknown format 3")]
    public void Through_another_format_names_it(byte magic, string kind, string reason)
    {
        _second[16] = magic;

        // An old message may be shorter than a header of today.
        AssertSecondIsMalformed(_second[..26], kind, 110, reason);
    }

    [Theory]
    [InlineData(-1, nameof(CorruptRecordsKind.Corrupt), "length of -1 bytes")]
    [InlineData(48, nameof(CorruptRecordsKind.Corrupt), "length of 48 bytes")]
    [InlineData(int.MinValue, nameof(CorruptRecordsKind.Corrupt), "length of -2147483648 bytes")]
    [InlineData(9_989, nameof(CorruptRecordsKind.TooLarge), "claims 10001 bytes and 10000 are allowed")]
    [InlineData(int.MaxValue, nameof(CorruptRecordsKind.TooLarge), "claims 2147483659 bytes")]
    public void Through_an_impossible_length_names_it(int length, string kind, string reason)
    {
        BinaryPrimitives.WriteInt32BigEndian(_second.AsSpan(8), length);

        AssertSecondIsMalformed(_second, kind, 110, reason);
    }

    [Theory]
    [InlineData(102, 9, "offsets go backwards")]
    [InlineData(-1, 9, "impossible offsets -1 plus 9")]
    [InlineData(110, -1, "impossible offsets 110 plus -1")]
    [InlineData(long.MaxValue - 5, 5, "impossible offsets")]
    public void Through_impossible_offsets_names_them(long offset, int lastDelta, string reason)
    {
        BinaryPrimitives.WriteInt64BigEndian(_second, offset);
        BinaryPrimitives.WriteInt32BigEndian(_second.AsSpan(23), lastDelta);

        AssertSecondIsMalformed(_second, nameof(CorruptRecordsKind.Corrupt), offset, reason);
    }

    private void AssertSecondIsMalformed(byte[] second, string kind, long offset, string reason)
    {
        var walk = RecordSetWalk.Through([.. _first, .. second], 10_000);

        Assert.Equal((_first.Length, 1, 103L, false), (walk.WholeBytes, walk.Batches, walk.NextOffset, walk.IsTruncated));
        Assert.Equal((kind, offset), (walk.Problem!.Kind.ToString(), walk.Problem.Offset));
        Assert.Contains(reason, walk.Problem.Reason, StringComparison.Ordinal);
    }
}
