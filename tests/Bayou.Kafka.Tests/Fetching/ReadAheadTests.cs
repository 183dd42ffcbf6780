using Bayou.Kafka.Fetching;
using Bayou.Kafka.Records;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

public sealed class ReadAheadTests : IDisposable
{
    private static readonly TopicPartition Source = new("t", 0);

    private readonly BufferPool _pool = new(poison: true);
    private readonly ReadAhead _ahead;
    private readonly List<(long Offset, string Why)> _undecodable = [];
    private int _taken;

    public ReadAheadTests()
    {
        _ahead = new ReadAhead(Source, 100, _pool) { Taken = () => _taken++ };
        _ahead.Undecodable = (offset, why, _) => _undecodable.Add((offset, why));
    }

    public void Dispose()
    {
        _ahead.Close();
        Assert.Equal((0, 0), (_ahead.HeldBytes, _pool.RentedBytes));
    }

    [Fact]
    public async Task TryTake_of_nothing_gives_a_task_that_ends_with_a_delivery()
    {
        Assert.Null(_ahead.TryTake(out var arrival));
        Assert.False(arrival!.IsCompleted);

        Assert.True(Deliver(1000, next: 110));

        await arrival.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal([1], Take());
        Assert.Equal(1, _taken);
    }

    [Fact]
    public void Deliver_moves_the_position_and_keeps_the_order()
    {
        for (byte i = 1; i <= 3; i++) Deliver(20_000, next: 100 + i, epoch: i, fill: i);

        Assert.Equal(new FetchPosition(103, 3, 102, 0), _ahead.Next);
        Assert.Equal([[1], [2], [3]], TakeAll());
        Assert.Equal(0, _ahead.HeldBytes);
    }

    [Fact]
    public void Deliver_from_another_position_gives_the_buffer_back()
    {
        var before = _ahead.Next;
        Deliver(20_000, next: 110);

        Assert.False(_ahead.Deliver(Records(before, 20_000, 2), 105, 0));
        Assert.False(_ahead.Deliver(Records(_ahead.Next with { Turn = 7 }, 20_000, 3), 120, 0));

        Assert.Equal(110, _ahead.Next.Offset);
        Assert.Equal([[1]], TakeAll());
    }

    [Fact]
    public void Deliver_of_small_sets_that_wait_puts_them_together()
    {
        for (byte i = 1; i <= 100; i++) Deliver(1000, next: 100 + i, fill: i);

        Assert.InRange(_ahead.HeldBytes, 100_000, 300_000);
        var sets = TakeAll();
        Assert.InRange(sets.Count, 2, 10);
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (byte)i), sets.SelectMany(set => set));
    }

    [Fact]
    public void Deliver_does_not_put_sets_together_that_transactions_concern_or_that_come_from_elsewhere()
    {
        Deliver(1000, next: 101, fill: 1);
        Deliver(1000, next: 102, fill: 2);
        Deliver(1000, next: 103, fill: 3, aborted: [new AbortedTransaction(1, 102)]);
        Deliver(1000, next: 104, fill: 4);
        Deliver(1000, next: 105, fill: 5, broker: "other");

        Assert.Equal([[1], [2], [3], [4], [5]], TakeAll());
    }

    [Fact]
    public void Deliver_behind_what_was_taken_does_not_touch_it()
    {
        Deliver(1000, next: 101, fill: 1);
        Deliver(1000, next: 102, fill: 2);
        using var first = new Held(_ahead.TryTake(out _)!);
        using var second = new Held(_ahead.TryTake(out _)!);

        Deliver(1000, next: 103, fill: 3);

        Assert.Equal((1000, 1000), (first.Records.Length, second.Records.Length));
        Assert.Equal([3], Take());
    }

    [Fact]
    public void GoBack_drops_what_is_held_and_what_is_on_its_way()
    {
        Deliver(20_000, next: 110);
        var asked = _ahead.Next;

        _ahead.GoBack(104, "because", "b:1");

        Assert.Equal(new FetchPosition(104, -1, 104, 1), _ahead.Next);
        Assert.Equal((0, 0), (_ahead.HeldBytes, _pool.RentedBytes));
        Assert.Equal([(104, "because")], _undecodable);
        Assert.False(_ahead.Deliver(Records(asked, 1000, 9), 120, 0));
        Assert.True(Deliver(1000, next: 130, fill: 2));
        Assert.Equal([[2]], TakeAll());
    }

    [Fact]
    public void CutBack_above_what_was_taken_goes_back_to_there()
    {
        Deliver(20_000, next: 110, epoch: 3);
        Take();
        Deliver(20_000, next: 120, epoch: 4);

        Assert.True(_ahead.CutBack(_ahead.Next, 115, 3, out var lost));

        Assert.Null(lost);
        Assert.Equal(new FetchPosition(110, 3, 100, 1), _ahead.Next);
        Assert.Empty(TakeAll());
    }

    [Theory]
    [InlineData(106, 3, 106)]
    [InlineData(106, 2, 100)]
    [InlineData(500, 2, 100)]
    [InlineData(90, 2, 90)]
    public void CutBack_below_what_was_taken_tells_what_is_lost(long end, int epoch, long first)
    {
        Deliver(20_000, next: 110, epoch: 3);
        Take();
        Deliver(20_000, next: 120, epoch: 3);

        Assert.True(_ahead.CutBack(_ahead.Next, end, epoch, out var lost));

        Assert.Equal(new OffsetRange(first, 110), lost);
        Assert.Empty(TakeAll());
    }

    [Fact]
    public void CutBack_that_was_asked_before_the_reader_went_back_does_nothing()
    {
        Deliver(20_000, next: 110, epoch: 3);
        var asked = _ahead.Next;
        _ahead.GoBack(100, "", "");
        Deliver(20_000, next: 110, epoch: 3);

        Assert.False(_ahead.CutBack(asked, 101, 3, out var lost));

        Assert.Null(lost);
        Assert.Equal([[1]], TakeAll());
    }

    [Fact]
    public void Interrupt_drops_what_is_on_its_way_and_keeps_what_is_held()
    {
        Deliver(20_000, next: 110, epoch: 3);
        var asked = _ahead.Next;

        _ahead.Interrupt();

        Assert.False(_ahead.Deliver(Records(asked, 1000, 9), 120, 0));
        Assert.Equal(asked with { Turn = 1 }, _ahead.Next);
        Assert.Equal([[1]], TakeAll());
    }

    [Fact]
    public void Fail_comes_behind_what_is_held_and_the_first_one_stays()
    {
        Deliver(20_000, next: 110);
        _ahead.Fail(Failure("first"));
        _ahead.Fail(Failure("second"));

        Assert.True(_ahead.Ended);
        Assert.False(Deliver(1000, next: 120));
        Assert.Equal([1], Take());
        for (var i = 0; i < 2; i++) Assert.Equal("first", Assert.Throws<SourceException>(() => _ahead.TryTake(out _)).Message);
    }

    [Fact]
    public void Fail_that_drops_what_is_held_comes_at_once()
    {
        Deliver(20_000, next: 110);

        _ahead.Fail(Failure("now"), dropHeld: true);

        Assert.Equal("now", Assert.Throws<SourceException>(() => _ahead.TryTake(out _)).Message);
        Assert.Equal(0, _pool.RentedBytes);
    }

    [Fact]
    public void Notice_is_told_once_to_one_who_waits_and_reading_goes_on()
    {
        Assert.False(_ahead.Notice(Failure("nobody waits")));
        _ahead.TryTake(out var arrival);

        Assert.True(_ahead.Notice(Failure("told")));

        Assert.True(arrival!.IsCompleted);
        Assert.Equal("told", Assert.Throws<SourceException>(() => _ahead.TryTake(out _)).Message);
        Assert.Null(_ahead.TryTake(out _));
        Assert.True(Deliver(1000, next: 101));
        Assert.Equal([1], Take());
    }

    [Fact]
    public void Notice_that_was_not_heard_before_records_came_is_not_told()
    {
        _ahead.TryTake(out _);
        _ahead.Notice(Failure("outdated"));
        Deliver(1000, next: 101);

        Assert.Equal([1], Take());
        Assert.Null(_ahead.TryTake(out _));
    }

    [Fact]
    public void Close_gives_everything_back_and_takes_nothing_more()
    {
        Deliver(20_000, next: 110);
        _ahead.TryTake(out _)!.Buffer.Return();
        _ahead.TryTake(out var arrival);
        Deliver(20_000, next: 120);
        var asked = _ahead.Next;

        _ahead.Close();
        _ahead.Close();

        Assert.True(arrival!.IsCompleted);
        Assert.False(_ahead.Deliver(Records(asked, 1000, 9), 130, 0));
        Assert.Throws<ObjectDisposedException>(() => _ahead.TryTake(out _));
        Assert.Equal(0, _pool.RentedBytes);
    }

    private static SourceException Failure(string message) => new(SourceErrorKind.Transient, message);

    private FetchedRecords Records(FetchPosition from, int length, byte fill, IReadOnlyList<AbortedTransaction>? aborted = null, string broker = "b:1")
    {
        var buffer = _pool.Rent(length);
        buffer.Array.AsSpan(0, length).Fill(fill);
        return new FetchedRecords(from, buffer, length, aborted, broker);
    }

    private bool Deliver(int length, long next, int epoch = 0, byte fill = 1, IReadOnlyList<AbortedTransaction>? aborted = null, string broker = "b:1") =>
        _ahead.Deliver(Records(_ahead.Next, length, fill, aborted, broker), next, epoch);

    /// <summary>What a set was filled with, in order.</summary>
    private List<byte> Take()
    {
        using var held = new Held(_ahead.TryTake(out _)!);
        var fills = new List<byte>();
        foreach (var next in held.Records.Bytes)
            if (fills.Count == 0 || fills[^1] != next) fills.Add(next);
        return fills;
    }

    private List<List<byte>> TakeAll()
    {
        var all = new List<List<byte>>();
        while (_ahead.HeldBytes > 0) all.Add(Take());
        return all;
    }

    private sealed class Held(FetchedRecords records) : IDisposable
    {
        public FetchedRecords Records => records;

        public void Dispose() => records.Buffer.Return();
    }
}
