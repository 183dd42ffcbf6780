using Bayou.Grains.Tables;
using Bayou.Sinks;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Tests.Tables;

public class AcceptanceLedgerTests
{
    private static readonly CursorKey Key = new(new TopicPartition("events", 0), 1);

    [Fact]
    public void Offer_slice_that_continues_is_held_and_committed_up_to_its_end()
    {
        var ledger = Create(10);

        var reply = ledger.Offer(Slice(10, 20), hasRoom: true);
        var group = ledger.TakeGroup();

        Assert.Equal(new AcceptReply(AcceptAnswer.Accepted, 20, 10), reply);
        Assert.Equal([new CursorMove(Key, 10, 20)], group!.Moves);
        Assert.Equal(10, group.Rows);
    }

    [Fact]
    public void Offer_slice_that_was_accepted_before_holds_nothing_more()
    {
        var ledger = Create(10);
        ledger.Offer(Slice(10, 20), hasRoom: true);

        var reply = ledger.Offer(Slice(10, 20), hasRoom: true);

        Assert.Equal(new AcceptReply(AcceptAnswer.Accepted, 20, 10), reply);
        Assert.Equal(10, ledger.TakeGroup()!.Rows);
    }

    [Fact]
    public void Offer_slice_that_was_cut_elsewhere_is_trimmed_to_what_is_new()
    {
        var ledger = Create(10);
        ledger.Offer(Slice(10, 20), hasRoom: true);

        var reply = ledger.Offer(Slice(5, 25), hasRoom: true);
        var group = ledger.TakeGroup()!;

        Assert.Equal(new AcceptReply(AcceptAnswer.Accepted, 25, 10), reply);
        Assert.Equal([0, 15], group.Slices.Select(slice => slice.FirstRow));
        Assert.Equal(15, group.Rows);
    }

    [Fact]
    public void Offer_slice_behind_a_gap_is_refused_with_where_the_table_stands()
    {
        var ledger = Create(10);

        Assert.Equal(new AcceptReply(AcceptAnswer.Gap, 10, 10), ledger.Offer(Slice(11, 20), hasRoom: true));
        Assert.Null(ledger.TakeGroup());
    }

    [Fact]
    public void Offer_without_room_is_full_unless_it_brings_nothing_new()
    {
        var ledger = Create(10);

        Assert.Equal(AcceptAnswer.Full, ledger.Offer(Slice(10, 20), hasRoom: false).Answer);
        Assert.Equal(AcceptAnswer.Accepted, ledger.Offer(Slice(0, 10), hasRoom: false).Answer);
        Assert.Null(ledger.TakeGroup());
    }

    [Fact]
    public void Offer_slice_of_another_version_or_partition_is_refused()
    {
        var ledger = Create(10);

        Assert.Equal(AcceptAnswer.OtherVersion, ledger.Offer(Slice(10, 20, version: 2), hasRoom: true).Answer);
        Assert.Equal(new AcceptReply(AcceptAnswer.NotReady, -1, -1), ledger.Offer(Slice(0, 1, partition: 7), hasRoom: true));
    }

    [Fact]
    public void Offer_empty_slice_moves_the_cursor_alone()
    {
        var ledger = Create(10);

        ledger.Offer(new Slice { Source = Key.Partition, Generation = 1, Version = 1, Range = new OffsetRange(10, 30) }, hasRoom: true);
        var group = ledger.TakeGroup()!;

        Assert.Equal((0L, new CursorMove(Key, 10, 30)), (group.Rows, group.Moves.Single()));
    }

    [Fact]
    public void Committed_group_makes_durable_what_the_next_group_starts_from()
    {
        var ledger = Create(10);
        ledger.Offer(Slice(10, 20), hasRoom: true);
        var first = ledger.TakeGroup()!;
        ledger.Offer(Slice(20, 30), hasRoom: true);
        ledger.Committed(first);

        Assert.Equal(new AcceptReply(AcceptAnswer.Accepted, 30, 20), ledger.Ask(Key));
        Assert.Equal([new CursorMove(Key, 20, 30)], ledger.TakeGroup()!.Moves);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(9, false)]
    [InlineData(11, false)]
    public void Agrees_only_with_a_sink_that_holds_exactly_the_durable_cursors(long stored, bool expected)
    {
        var ledger = Create(10);
        ledger.Offer(Slice(10, 20), hasRoom: true);

        Assert.Equal(expected, ledger.Agrees(new SinkState { Cursors = new() { [Key] = stored } }));
    }

    [Fact]
    public void Offer_accepted_slice_gives_its_buffer_to_the_ledger_and_a_refused_one_keeps_it()
    {
        var pool = new BufferPool(poison: true);
        var ledger = Create(10);
        var (accepted, refused) = (Slice(10, 20, pool: pool), Slice(30, 40, pool: pool));
        ledger.Offer(accepted, hasRoom: true);
        ledger.Offer(refused, hasRoom: true);

        Assert.Null(accepted.TakeBuffer());
        refused.ReleaseOnce();
        ledger.TakeGroup()!.Release();
        Assert.Equal(0, pool.RentedBytes);
    }

    private static AcceptanceLedger Create(long cursor) => new(1, new Dictionary<CursorKey, long> { [Key] = cursor });

    private static Slice Slice(long from, long next, int version = 1, int partition = 0, BufferPool? pool = null)
    {
        var builder = new RowBlockBuilder([]);
        for (var offset = from; offset < next; offset++) builder.EndRow(offset, 0);
        var buffer = (pool ?? new BufferPool()).Rent(builder.SizeBytes);
        return new Slice(buffer)
        {
            Source = new TopicPartition("events", partition),
            Generation = 1,
            Version = version,
            Range = new OffsetRange(from, next),
            Rows = buffer.Array.AsMemory(0, builder.WriteTo(buffer.Array)),
        };
    }
}
