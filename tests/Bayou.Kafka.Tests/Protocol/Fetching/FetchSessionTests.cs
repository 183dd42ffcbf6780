using Bayou.Kafka.Protocol;
using Bayou.Kafka.Protocol.Fetching;

namespace Bayou.Kafka.Tests.Protocol.Fetching;

public sealed class FetchSessionTests
{
    private static readonly Guid OldId = new(1, 0, 0, new byte[8]);
    private static readonly Guid NewId = new(2, 0, 0, new byte[8]);
    private readonly FetchRequest _request = new();

    [Fact]
    public void Prepare_at_first_is_full_without_a_session()
    {
        var session = new FetchSession();

        session.Prepare(_request, [Want(0, 10), Want(1, 20)], hasTopicIds: true);

        AssertRequest(0, 0, [Want(0, 10), Want(1, 20)], []);
    }

    [Fact]
    public void Prepare_after_a_session_began_tells_changes_only()
    {
        var session = Begin(42, Want(0, 10), Want(1, 20), Want(2, 30));

        session.Prepare(_request, [Want(0, 10), Want(1, 25), Want(3, 0)], hasTopicIds: true);

        AssertRequest(42, 1, [Want(1, 25), Want(3, 0)], [new("a", OldId, 2)]);
    }

    [Fact]
    public void Prepare_without_changes_tells_nothing_and_counts_on()
    {
        var session = Begin(42, Want(0, 10));
        session.Prepare(_request, [Want(0, 10)], hasTopicIds: true);
        session.Accept(42);

        session.Prepare(_request, [Want(0, 10)], hasTopicIds: true);

        AssertRequest(42, 2, [], []);
    }

    [Fact]
    public void Prepare_of_a_forgotten_partition_tells_it_again()
    {
        var session = Begin(42, Want(0, 10), Want(1, 20));
        session.Prepare(_request, [Want(0, 10)], hasTopicIds: true);
        session.Accept(42);

        session.Prepare(_request, [Want(0, 10), Want(1, 20)], hasTopicIds: true);

        AssertRequest(42, 2, [Want(1, 20)], []);
    }

    [Fact]
    public void Prepare_with_epochs_or_sizes_that_changed_tells_the_partition()
    {
        var first = Want(0, 10);
        foreach (var changed in new[] { first with { LeaderEpoch = 9 }, first with { LastFetchedEpoch = 9 }, first with { MaxBytes = 9 } })
        {
            var session = Begin(42, first);

            session.Prepare(_request, [changed], hasTopicIds: true);

            AssertRequest(42, 1, [changed], []);
        }
    }

    [Fact]
    public void Prepare_with_a_topic_made_anew_forgets_the_old_id()
    {
        var session = Begin(42, Want(0, 10), Want(1, 10));

        session.Prepare(_request, [Want(0, 0) with { TopicId = NewId }, Want(1, 0) with { TopicId = NewId }], hasTopicIds: true);

        AssertRequest(42, 1, [Want(0, 0) with { TopicId = NewId }, Want(1, 0) with { TopicId = NewId }], [new("a", OldId, 0), new("a", OldId, 1)]);
    }

    [Fact]
    public void Prepare_by_name_of_a_topic_made_anew_does_not_forget_the_name()
    {
        var session = new FetchSession();
        session.Prepare(_request, [Want(0, 10)], hasTopicIds: false);
        session.Accept(42);

        session.Prepare(_request, [Want(0, 0) with { TopicId = NewId }], hasTopicIds: false);

        AssertRequest(42, 1, [Want(0, 0) with { TopicId = NewId }], []);
    }

    [Fact]
    public void Prepare_by_name_instead_of_ids_begins_anew()
    {
        var session = Begin(42, Want(0, 10));

        session.Prepare(_request, [Want(0, 10)], hasTopicIds: false);

        AssertRequest(42, 0, [Want(0, 10)], []);
    }

    [Fact]
    public void Accept_of_no_session_keeps_requests_full()
    {
        var session = Begin(0, Want(0, 10));

        session.Prepare(_request, [Want(0, 10)], hasTopicIds: true);

        AssertRequest(0, 0, [Want(0, 10)], []);
    }

    [Fact]
    public void Accept_of_no_session_ends_the_one_that_there_was()
    {
        var session = Begin(42, Want(0, 10));
        session.Prepare(_request, [], hasTopicIds: true);
        session.Accept(0);

        session.Prepare(_request, [Want(0, 10)], hasTopicIds: true);

        AssertRequest(0, 0, [Want(0, 10)], []);
    }

    [Fact]
    public void Accept_of_another_session_than_that_asked_for_begins_anew()
    {
        var session = Begin(42, Want(0, 10));
        session.Prepare(_request, [Want(0, 10)], hasTopicIds: true);
        session.Accept(43);

        session.Prepare(_request, [Want(0, 10)], hasTopicIds: true);

        AssertRequest(0, 0, [Want(0, 10)], []);
    }

    [Theory]
    [InlineData(BrokerError.FetchSessionIdNotFound, 0)]
    [InlineData(BrokerError.InvalidFetchSessionEpoch, 42)]
    [InlineData(BrokerError.FetchSessionTopicIdError, 42)]
    [InlineData(BrokerError.UnknownServerError, 42)]
    internal void Refuse_begins_anew_and_gives_up_a_session_that_may_be_there(BrokerError error, int id)
    {
        var session = Begin(42, Want(0, 10));
        session.Prepare(_request, [Want(0, 11)], hasTopicIds: true);
        session.Refuse(error);

        session.Prepare(_request, [Want(0, 11)], hasTopicIds: true);

        AssertRequest(id, 0, [Want(0, 11)], []);
    }

    [Fact]
    public void Lose_begins_anew_with_all_partitions()
    {
        var session = Begin(42, Want(0, 10), Want(1, 10));
        session.Prepare(_request, [Want(0, 11), Want(1, 10)], hasTopicIds: true);
        session.Lose();

        session.Prepare(_request, [Want(0, 11), Want(1, 10)], hasTopicIds: true);

        AssertRequest(42, 0, [Want(0, 11), Want(1, 10)], []);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(int.MaxValue, 1)]
    public void EpochAfter_the_last_one_is_1(int epoch, int next) => Assert.Equal(next, FetchSession.EpochAfter(epoch));

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Prepare_and_what_the_broker_remembers_agree_whatever_happens(int seed, bool hasTopicIds)
    {
        var random = new Random(seed);
        var session = new FetchSession();
        var broker = new SessionModel(hasTopicIds);
        var incremental = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var wanted = Enumerable.Range(0, 8).Where(_ => random.Next(4) > 0)
                .Select(partition => Want(partition, random.Next(3)) with { TopicId = random.Next(20) == 0 ? NewId : OldId }).ToArray();
            session.Prepare(_request, wanted, hasTopicIds);
            switch (random.Next(20))
            {
                case 0: broker.Forget(); break;
                case 1: session.Lose(); continue;
                case 2: broker.Take(_request); session.Lose(); continue;
            }

            broker.HasRoom = random.Next(20) > 0;
            incremental += _request.SessionEpoch > 0 ? 1 : 0;
            var (error, id) = broker.Take(_request);
            if (error == BrokerError.None)
            {
                Assert.Equal(broker.Expected(wanted), broker.Fetches());
                session.Accept(id);
            }
            else
            {
                // Only because it forgot: never by a mistake of the client's.
                Assert.Equal(BrokerError.FetchSessionIdNotFound, error);
                session.Refuse(error);
            }
        }

        Assert.True(incremental > 5000, $"{incremental} requests in sessions");
    }

    [Fact]
    public void Prepare_and_Write_again_and_again_allocate_nothing()
    {
        var session = new FetchSession();
        var writer = new ProtocolWriter();
        var wanted = Enumerable.Range(0, 1000).Select(partition => Want(partition, 0)).ToArray();
        Send(100);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Send(200);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Send(int from)
        {
            for (var i = from; i < from + 20; i++)
            {
                // Half of the partitions go on, one is left out in turn; now and then the session is lost.
                for (var partition = i % 2; partition < wanted.Length; partition += 2) wanted[partition] = wanted[partition] with { FetchOffset = i };
                session.Prepare(_request, wanted.AsSpan(i % 2), hasTopicIds: true);
                RequestFrame.Write(writer, _request, 16, i, "bayou");
                if (i % 10 == 0) session.Lose();
                else session.Accept(42);
            }
        }
    }

    private static FetchRequestPartition Want(int partition, long offset) => new("a", OldId, partition, offset, 1, 1, 1000);

    private FetchSession Begin(int id, params FetchRequestPartition[] wanted)
    {
        var session = new FetchSession();
        session.Prepare(_request, wanted, hasTopicIds: true);
        session.Accept(id);
        return session;
    }

    private void AssertRequest(int id, int epoch, FetchRequestPartition[] partitions, ForgottenPartition[] forgotten)
    {
        Assert.Equal((id, epoch), (_request.SessionId, _request.SessionEpoch));
        Assert.Equal(partitions, _request.Partitions);
        Assert.Equal(forgotten, _request.Forgotten);
    }
}
