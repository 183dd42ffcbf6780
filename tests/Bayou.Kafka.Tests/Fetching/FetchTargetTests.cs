using System.Collections.Immutable;
using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Fetching;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

public sealed class FetchTargetTests
{
    private static readonly Guid Id = Guid.NewGuid();

    private readonly BufferPool _pool = new();
    private readonly ReadAhead _ahead;
    private readonly FetchTarget _target;

    public FetchTargetTests()
    {
        _ahead = new ReadAhead(new TopicPartition("t", 0), 0, _pool);
        _target = new FetchTarget(_ahead);
    }

    [Fact]
    public void Follow_goes_to_the_leader_and_asks_it_nothing_while_nothing_was_read()
    {
        Assert.True(_target.Follow(View(leader: 2, epoch: 5), 0));
        Assert.Equal((2, 5, Id, false), (_target.Node, _target.LeaderEpoch, _target.TopicId, _target.MustValidate));
        Assert.False(_target.Follow(View(leader: 2, epoch: 5), 0));
        Assert.True(_target.Follow(View(leader: 1, epoch: 6), 0));
        Assert.Equal((1, 6, false), (_target.Node, _target.LeaderEpoch, _target.MustValidate));
    }

    [Fact]
    public void Follow_to_another_epoch_after_reading_must_be_validated_and_drops_what_is_on_its_way()
    {
        _target.Follow(View(leader: 2, epoch: 5), 0);
        Fetch(epoch: 5);
        var asked = _ahead.Next;

        Assert.True(_target.Follow(View(leader: 2, epoch: 6), 0));

        Assert.True(_target.MustValidate);
        Assert.NotEqual(asked, _ahead.Next);
        Assert.Equal(asked.Offset, _ahead.Next.Offset);
    }

    [Fact]
    public void Follow_stays_where_the_view_knows_nothing_better()
    {
        _target.Follow(View(leader: 2, epoch: 5), 0);

        Assert.False(_target.Follow(ClusterView.Empty, 0));
        Assert.False(_target.Follow(View(leader: -1, epoch: 6), 0));
        Assert.False(_target.Follow(View(leader: 9, epoch: 6), 0));
        Assert.False(_target.Follow(View(leader: 1, epoch: 6, id: Guid.NewGuid()), 0));

        Assert.Equal((2, 5), (_target.Node, _target.LeaderEpoch));
    }

    [Fact]
    public void Follow_takes_a_broker_that_tells_no_ids_for_one_of_the_same_topic()
    {
        _target.Follow(View(leader: 2, epoch: 5), 0);

        Assert.True(_target.Follow(View(leader: 1, epoch: 6, id: Guid.Empty), 0));

        Assert.Equal((1, Id), (_target.Node, _target.TopicId));
    }

    [Fact]
    public void Follow_back_to_a_leader_that_denied_being_it_waits_longer_and_longer()
    {
        _target.Follow(View(leader: 2, epoch: 5), 0);
        var waits = new List<long>();
        for (var i = 0; i < 8; i++)
        {
            _target.Lose(isBlamed: true);
            Assert.Equal(-1, _target.Node);
            _target.Follow(View(leader: 2, epoch: 5), 1000 * i);
            waits.Add(_target.NotBefore - 1000 * i);
        }

        Assert.Equal([40, 80, 160, 320, 640, 1000, 1000, 1000], waits);
    }

    [Fact]
    public void Follow_to_a_new_leader_does_not_wait_unless_they_change_all_the_time()
    {
        var waits = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            _target.Follow(View(leader: 1 + i % 2, epoch: i), 10_000 * i);
            waits.Add(Math.Max(0, _target.NotBefore - 10_000 * i));
            _target.Lose(isBlamed: true);
        }

        _target.Clear();
        _target.Follow(View(leader: 1, epoch: 9), 100_000);

        Assert.Equal([0, 0, 0, 0, 320, 640], waits);
        Assert.InRange(_target.NotBefore, 0, 100_000);
    }

    [Fact]
    public void Redirect_goes_to_a_follower_until_it_is_left_for_the_leader()
    {
        _target.Follow(View(leader: 2, epoch: 5), 0);

        Assert.False(_target.Redirect(-1, 0));
        Assert.False(_target.Redirect(2, 0));
        Assert.True(_target.Redirect(1, 0));
        Assert.False(_target.Redirect(1, 0));
        Assert.Equal(1, _target.Node);

        _target.LeaveReplica(1000);
        Assert.Equal(2, _target.Node);
        Assert.False(_target.Redirect(1, 2000));
        Assert.True(_target.Redirect(1, _target.LeaderOnlyUntil));
    }

    [Fact]
    public void ReturnToLeader_asks_again_now_and_then()
    {
        _target.Follow(View(leader: 2, epoch: 5), 0);
        _target.Redirect(1, 0);

        Assert.False(_target.ReturnToLeader(300_000));
        Assert.True(_target.ReturnToLeader(300_001));
        Assert.Equal(2, _target.Node);
        Assert.False(_target.ReturnToLeader(300_002));
    }

    [Fact]
    public void Deny_is_believed_when_it_is_said_often_and_for_long()
    {
        Assert.False(_target.Deny(1000));
        Assert.False(_target.Deny(9000));
        _target.Admit();
        Assert.False(_target.Deny(10_000));
        Assert.False(_target.Deny(10_100));
        Assert.False(_target.Deny(11_999));
        Assert.True(_target.Deny(12_000));
    }

    [Fact]
    public void CountUndecodable_counts_one_offset()
    {
        Assert.Equal([1, 2, 1, 1], [_target.CountUndecodable(5), _target.CountUndecodable(5), _target.CountUndecodable(6), _target.CountUndecodable(5)]);
    }

    [Fact]
    public void Report_is_told_once_it_has_lasted_and_sooner_when_it_will_not_pass()
    {
        _target.Report(SourceErrorKind.Transient, "a", 1000, 5000);
        _target.Report(SourceErrorKind.Transient, "b", 3000, 5000);
        Assert.Equal((1000, 6000, "b"), (_target.TroubledSince, _target.NextNotice, _target.Trouble));

        _target.Report(SourceErrorKind.Refused, "c", 4000, 0);
        Assert.Equal((1000, 4000, "c"), (_target.TroubledSince, _target.NextNotice, _target.Trouble));

        _target.Clear();
        Assert.Equal(-1, _target.TroubledSince);
    }

    private static ClusterView View(int leader, int epoch, Guid? id = null) => new()
    {
        Nodes = ImmutableDictionary.CreateRange([KeyValuePair.Create(1, new HostPort("a", 1)), KeyValuePair.Create(2, new HostPort("b", 2))]),
        Topics = ImmutableDictionary.CreateRange([KeyValuePair.Create("t", new TopicView { Id = id ?? Id, Partitions = [new PartitionView(leader, epoch)] })]),
    };

    private void Fetch(int epoch) => _ahead.Deliver(new FetchedRecords(_ahead.Next, _pool.Rent(1), 1, null, "b"), 10, epoch);
}
