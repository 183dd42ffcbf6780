using Bayou.Grains.Partitions;
using Bayou.Grains.Tables;
using Bayou.Sources;

namespace Bayou.Tests.Partitions;

public class PartitionFeedsTests
{
    private static readonly string[] Tables = ["a", "b"];

    [Fact]
    public void Start_begins_at_the_lowest_cursor_when_none_is_far_below()
    {
        var feeds = PartitionFeeds.Start(Tables, [100, 130], [null, null]);

        Assert.Equal(100, feeds.Position);
        Assert.Equal([true, true], feeds.All.Select(feed => feed.IsLive));
        Assert.Equal([100L, 130L], feeds.All.Select(feed => feed.Accepted));
    }

    [Fact]
    public void Start_table_far_below_the_others_starts_behind()
    {
        var feeds = PartitionFeeds.Start(Tables, [0, PartitionFeeds.StartGapLimit + 1], [null, null]);

        Assert.Equal(PartitionFeeds.StartGapLimit + 1, feeds.Position);
        Assert.Equal([false, true], feeds.All.Select(feed => feed.IsLive));
    }

    [Theory]
    [InlineData(50, 200)]
    [InlineData(49, 49)]
    [InlineData(201, 201)]
    public void Start_hint_spares_a_rare_table_the_way_back_only_where_it_says_something(long cursor, long expected)
    {
        var feeds = PartitionFeeds.Start(Tables, [cursor, 300], [new RowHint { From = 50, Next = 200 }, null]);

        Assert.Equal(expected, feeds.Position);
        Assert.Equal(cursor, feeds.All[0].Accepted);
    }

    [Fact]
    public void Start_table_whose_cursor_is_not_known_is_behind_and_keeps_its_old_hint()
    {
        var old = new Dictionary<string, RowHint> { ["a"] = new() { From = 1, Next = 9 } };
        var feeds = PartitionFeeds.Start(Tables, [null, 30], [null, null]);

        Assert.Equal((30, false), (feeds.Position, feeds.All[0].IsLive));
        Assert.Equal(new RowHint { From = 1, Next = 9 }, feeds.Hints(old)["a"]);
        Assert.Equal(new RowHint { From = 30, Next = 30 }, feeds.Hints(old)["b"]);
    }

    [Fact]
    public void Hints_end_where_was_routed_and_begin_where_the_last_slice_ended()
    {
        var feeds = PartitionFeeds.Start(Tables, [0, 0], [null, null]);
        feeds.SliceMade(0, 10);
        feeds.Answered(0, 10, new AcceptReply(AcceptAnswer.Accepted, 10, 0), TimeSpan.Zero);
        feeds.BatchDone(10);
        feeds.BatchDone(20);

        var hints = feeds.Hints(new Dictionary<string, RowHint>());
        Assert.Equal(new RowHint { From = 10, Next = 20 }, hints["a"]);
        Assert.Equal(new RowHint { From = 0, Next = 20 }, hints["b"]);
    }

    [Fact]
    public void Answered_full_for_two_seconds_while_another_has_room_falls_behind_and_longer_each_time()
    {
        var feeds = PartitionFeeds.Start(Tables, [0, 0], [null, null]);

        var waits = new List<TimeSpan>();
        var now = TimeSpan.Zero;
        for (var time = 0; time < 4; time++)
        {
            Assert.False(Full(feeds, now));
            Assert.False(Full(feeds, now + TimeSpan.FromSeconds(1.9)));
            Assert.True(Full(feeds, now += TimeSpan.FromSeconds(2)));
            waits.Add(feeds.All[0].BehindUntil - now);
            feeds.Return(0);
        }

        Assert.Equal([0, 10, 20, 40], waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public void Answered_full_while_all_are_full_waits_for_all()
    {
        var feeds = PartitionFeeds.Start(Tables, [0, 0], [null, null]);
        feeds.SlowFor(1, TimeSpan.Zero);

        Assert.False(Full(feeds, TimeSpan.Zero));
        Assert.False(Full(feeds, TimeSpan.FromMinutes(5)));
        Assert.True(feeds.All[0].IsLive);
    }

    [Fact]
    public void Answered_gap_falls_behind_at_once()
    {
        var feeds = PartitionFeeds.Start(Tables, [0, 0], [null, null]);

        Assert.True(feeds.Answered(0, 10, new AcceptReply(AcceptAnswer.Gap, 5, 5), TimeSpan.Zero));
        Assert.Equal((false, 5L), (feeds.All[0].IsLive, feeds.All[0].Durable));
    }

    [Fact]
    public void Asked_table_that_has_less_than_it_had_falls_behind()
    {
        var feeds = PartitionFeeds.Start(Tables, [0, 0], [null, null]);
        feeds.Answered(0, 10, new AcceptReply(AcceptAnswer.Accepted, 10, 0), TimeSpan.Zero);
        feeds.Answered(1, 10, new AcceptReply(AcceptAnswer.Accepted, 10, 0), TimeSpan.Zero);

        feeds.Asked(0, 10, new AcceptReply(AcceptAnswer.Accepted, 9, 9));
        feeds.Asked(1, 10, new AcceptReply(AcceptAnswer.Accepted, 10, 3));

        Assert.Equal([false, true], feeds.All.Select(feed => feed.IsLive));
    }

    [Fact]
    public void Return_is_only_for_the_episode_that_it_was_made_for()
    {
        var feeds = PartitionFeeds.Start(Tables, [0, 0], [null, null]);
        var first = feeds.All[0].Episode;
        feeds.Answered(0, 10, new AcceptReply(AcceptAnswer.Gap, 0, 0), TimeSpan.Zero);

        Assert.False(feeds.MayReturn(0, first, TimeSpan.Zero));
        Assert.True(feeds.MayReturn(0, feeds.All[0].Episode, TimeSpan.Zero));
        feeds.BatchDone(10);
        feeds.Return(0);
        Assert.Equal((true, 10L, 10L, 10L), (feeds.All[0].IsLive, feeds.All[0].Accepted, feeds.All[0].HintFrom, feeds.All[0].HintNext));
    }

    [Fact]
    public void DescribeBehind_raises_an_alarm_before_retention_passes_a_cursor()
    {
        var feeds = PartitionFeeds.Start(Tables, [1000, 1000], [null, null]);
        feeds.SliceMade(0, 1010);
        feeds.Answered(0, 1010, new AcceptReply(AcceptAnswer.Closed, 1000, 1000), TimeSpan.Zero);

        Assert.Equal("Behind here: a is paused or stopped.", feeds.DescribeBehind(new Watermarks(0, 2000)));
        Assert.Equal("Behind here: a is paused or stopped.", feeds.DescribeBehind(new Watermarks(500, 2000)));
        Assert.EndsWith("ALARM: the source's retention is about to pass the cursor of a; what it deletes first is lost to them.", feeds.DescribeBehind(new Watermarks(900, 2000)));
    }

    [Fact]
    public void DescribeBehind_table_whose_cursor_is_not_known_raises_no_alarm()
    {
        var feeds = PartitionFeeds.Start(Tables, [null, 1000], [null, null]);

        Assert.Equal("Behind here: a is not open yet.", feeds.DescribeBehind(new Watermarks(900, 2000)));
    }

    private static bool Full(PartitionFeeds feeds, TimeSpan now) => feeds.Answered(0, 10, new AcceptReply(AcceptAnswer.Full, 0, 0), now);
}
