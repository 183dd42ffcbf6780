using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Protocol;

namespace Bayou.Kafka.Tests.Cluster;

public sealed class ClusterViewTests
{
    private static readonly Guid Id = Guid.NewGuid();

    [Fact]
    public void With_keeps_a_newer_leader_against_an_older_one_of_the_same_topic()
    {
        var view = ClusterView.Empty.With(Answer(Id, (1, 5), (1, 5)), ["t"]).With(Answer(Id, (2, 4), (3, 6)), ["t"]);

        Assert.Equal([new PartitionView(1, 5), new PartitionView(3, 6)], view.Topics["t"].Partitions.ToArray());
    }

    [Fact]
    public void With_takes_the_leaders_of_a_topic_made_anew_whatever_their_epochs()
    {
        var now = Guid.NewGuid();

        var view = ClusterView.Empty.With(Answer(Id, (1, 5)), ["t"]).With(Answer(now, (2, 0)), ["t"]);

        Assert.Equal((now, new PartitionView(2, 0)), (view.Topics["t"].Id, view.Topics["t"].Partitions[0]));
    }

    [Fact]
    public void With_a_broker_that_tells_no_ids_keeps_the_id_and_the_newer_leader()
    {
        var view = ClusterView.Empty.With(Answer(Id, (1, 5)), ["t"]).With(Answer(Guid.Empty, (2, 4)), ["t"]);

        Assert.Equal((Id, new PartitionView(1, 5)), (view.Topics["t"].Id, view.Topics["t"].Partitions[0]));
    }

    [Fact]
    public void With_a_broker_that_tells_no_epochs_takes_its_leaders()
    {
        var view = ClusterView.Empty.With(Answer(Id, (1, 5)), ["t"]).With(Answer(Id, (2, -1)), ["t"]);

        Assert.Equal(new PartitionView(2, -1), view.Topics["t"].Partitions[0]);
    }

    [Fact]
    public void With_an_error_remembers_the_leaders_to_compare_later_ones_with()
    {
        var denied = ClusterView.Empty.With(Answer(Id, (1, 5)), ["t"]).With(Answer(Guid.Empty, BrokerError.UnknownTopicOrPartition), ["t"]);
        var again = denied.With(Answer(Id, (2, 4)), ["t"]);

        Assert.True(denied.Topics["t"].IsUnknown);
        Assert.Equal((BrokerError.None, new PartitionView(1, 5)), (again.Topics["t"].Error, again.Topics["t"].Partitions[0]));
    }

    [Fact]
    public void Without_believes_whatever_comes_next()
    {
        var view = ClusterView.Empty.With(Answer(Guid.Empty, (1, 5)), ["t"]).Without("t").With(Answer(Guid.Empty, (2, 0)), ["t"]);

        Assert.Equal(new PartitionView(2, 0), view.Topics["t"].Partitions[0]);
    }

    [Fact]
    public void With_takes_no_topic_that_was_not_asked_for() =>
        Assert.Empty(ClusterView.Empty.With(Answer(Id, (1, 5)), ["other"]).Topics);

    [Fact]
    public void With_takes_the_last_of_several_addresses_of_a_node_and_keeps_nodes_against_an_answer_without_any()
    {
        MetadataBroker[] brokers = [new(1, new HostPort("a", 1), null), new(1, new HostPort("b", 2), null), new(2, new HostPort("c", 3), null)];

        var view = ClusterView.Empty.With(new MetadataResponse("c", brokers, []), []);
        var kept = view.With(new MetadataResponse(null, [], []), []);

        Assert.Equal((new HostPort("b", 2), new HostPort("c", 3), 2), (view.Nodes[1], view.Nodes[2], view.Nodes.Count));
        Assert.Equal((view.Nodes, "c"), (kept.Nodes, kept.ClusterId));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(2)]
    public void Topics_with_absurd_partition_numbers_have_the_others(int number)
    {
        var topic = new TopicMetadata(BrokerError.None, "t", Id, [new(BrokerError.None, 0, 1, 5), new(BrokerError.None, number, 2, 5)]);

        Assert.Equal([new PartitionView(1, 5)], TopicView.Of(topic).Partitions.ToArray());
    }

    private static MetadataResponse Answer(Guid id, params (int Leader, int Epoch)[] partitions) => new(
        "c", [new MetadataBroker(1, new HostPort("a", 1), null)],
        [new TopicMetadata(BrokerError.None, "t", id, [.. partitions.Select((each, i) => new PartitionMetadata(BrokerError.None, i, each.Leader, each.Epoch))])]);

    private static MetadataResponse Answer(Guid id, BrokerError error) => new("c", [], [new TopicMetadata(error, "t", id, [])]);
}
