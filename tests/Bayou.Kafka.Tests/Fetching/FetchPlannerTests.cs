using System.Collections.Immutable;
using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Fetching;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

public sealed class FetchPlannerTests
{
    private const int Node = 1;

    private readonly BufferPool _pool = new();
    private readonly FetchPlan _plan = new();
    private readonly FetchPlanner _planner = new(new ReadAheadBudget(1 << 20, 100_000, 50_000), 200_000, mayMeet: false);

    [Fact]
    public void Fill_asks_the_node_for_its_partitions_only_and_each_time_for_another_first()
    {
        List<FetchTarget> targets = [Target(0), Target(1), Target(2, node: 2), Target(3)];
        var firsts = new HashSet<int>();

        for (var i = 0; i < 4; i++)
        {
            _planner.Fill(_plan, Node, targets, 0);
            Assert.Equal([0, 1, 3], Asked().Order());
            Assert.All(_plan.Asks, ask => Assert.Equal((7, 50_000), (ask.LeaderEpoch, ask.MaxBytes)));
            firsts.Add(Asked()[0]);
        }

        Assert.Equal([0, 1, 3], firsts.Order());
        Assert.Equal((200_000, false, false), (_plan.MaxBytes, _plan.HeldBack, _plan.IsSomeDue));
    }

    [Fact]
    public void Fill_leaves_out_what_holds_enough_has_ended_or_must_be_validated()
    {
        List<FetchTarget> targets = [Target(0), Target(1), Target(2), Target(3)];
        Hold(targets[0], 100_000);
        targets[1].Ahead.Close();
        targets[2].MustValidate = true;

        _planner.Fill(_plan, Node, targets, 0);

        Assert.Equal([3], Asked());
        Assert.True(_plan.HeldBack);
    }

    [Fact]
    public void Fill_tells_when_what_is_postponed_is_due()
    {
        List<FetchTarget> targets = [Target(0), Target(1), Target(2)];
        (targets[0].NotBefore, targets[1].NotBefore) = (5000, 1300);

        _planner.Fill(_plan, Node, targets, 1000);
        Assert.Equal([2], Asked());
        Assert.Equal((true, 300, false), (_plan.IsSomeDue, _plan.LookAgain.TotalMilliseconds, _plan.HeldBack));

        _planner.Fill(_plan, Node, targets, 5000);
        Assert.Equal([0, 1, 2], Asked().Order());
        Assert.False(_plan.IsSomeDue);
    }

    [Fact]
    public void Fill_asks_for_one_of_the_readers_that_meet_on_a_partition_and_for_each_in_turn()
    {
        var planner = new FetchPlanner(new ReadAheadBudget(1 << 20, 100_000, 50_000), 200_000, mayMeet: true);
        List<FetchTarget> targets = [Target(0, from: 10), Target(0, from: 20), Target(0, from: 30), Target(1, from: 40)];
        var seen = new List<long>();

        for (var i = 0; i < 8; i++)
        {
            planner.Fill(_plan, Node, targets, 0);
            Assert.Equal([0, 1], Asked().Order());
            Assert.True(_plan.HeldBack);
            seen.Add(_plan.Asks.Single(ask => ask.Target.Ahead.Source.Partition == 0).From.Offset);
        }

        Assert.Equal([10, 20, 30], seen.Distinct().Order());
    }

    [Fact]
    public void Fill_keeps_the_leader_from_naming_a_follower_that_was_of_no_use()
    {
        List<FetchTarget> targets = [Target(0), Target(1)];
        targets[0].LeaveReplica(0);

        _planner.Fill(_plan, Node, targets, 1000);
        Assert.True(_plan.LeaderOnly);

        _planner.Fill(_plan, Node, targets, targets[0].LeaderOnlyUntil);
        Assert.False(_plan.LeaderOnly);
    }

    private int[] Asked() => [.. _plan.Asks.Select(ask => ask.Target.Ahead.Source.Partition)];

    private FetchTarget Target(int partition, long from = 0, int node = Node)
    {
        var target = new FetchTarget(new ReadAhead(new TopicPartition("t", partition), from, _pool));
        target.Follow(new ClusterView
        {
            Nodes = ImmutableDictionary.CreateRange([KeyValuePair.Create(node, new HostPort("a", 1))]),
            Topics = ImmutableDictionary.CreateRange([KeyValuePair.Create("t", new TopicView { Id = Guid.Empty, Partitions = [.. Enumerable.Repeat(new PartitionView(node, 7), 4)] })]),
        }, 0);
        return target;
    }

    private void Hold(FetchTarget target, int bytes) => target.Ahead.Deliver(new FetchedRecords(target.Ahead.Next, _pool.Rent(bytes), bytes, null, "b"), 1000, 7);
}
