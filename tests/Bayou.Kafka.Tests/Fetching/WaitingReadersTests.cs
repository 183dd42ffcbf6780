using Bayou.Kafka.Cluster;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Fetching;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Fetching;

public sealed class WaitingReadersTests : IAsyncDisposable
{
    private static readonly TopicPartition Partition = new("t", 0);
    private readonly ClusterClient _cluster = new(new ClientOptions { BootstrapServers = [new("h", 1)] }, TcpDialer.Instance);
    private readonly WaitingReaders _readers;

    public WaitingReadersTests() => _readers = new WaitingReaders(_cluster);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void Tell_after_patience_says_how_long_and_why_and_again_ten_seconds_later()
    {
        var target = Waiting();
        target.Report(SourceErrorKind.Transient, "nobody answers.", 1_000, WaitingReaders.PatienceWith(SourceErrorKind.Transient));

        Assert.Null(Told(target, 5_999));
        Assert.Equal("Reading waits, for 5 s now: nobody answers. It goes on by itself.", Told(target, 6_000));
        Assert.Null(Told(target, 15_999));
        Assert.Equal("Reading waits, for 15 s now: nobody answers. It goes on by itself.", Told(target, 16_000));
    }

    [Fact]
    public void Tell_next_reader_of_a_partition_counts_from_the_first_ones_trouble()
    {
        var first = Waiting();
        first.Report(SourceErrorKind.Transient, "nobody answers.", 1_000, 5_000);
        _readers.Closed(first);
        var next = Waiting();
        next.Report(SourceErrorKind.Transient, "nobody answers.", 31_000, 5_000);

        Assert.StartsWith("Reading waits, for 35 s now", Told(next, 36_000), StringComparison.Ordinal);
    }

    [Fact]
    public void Tell_after_a_fetch_counts_from_the_new_trouble()
    {
        var first = Waiting();
        first.Report(SourceErrorKind.Transient, "nobody answers.", 1_000, 5_000);
        _readers.Closed(first);
        var next = Waiting();
        _readers.Fetched(next);
        next.Report(SourceErrorKind.Transient, "nobody answers.", 31_000, 5_000);

        Assert.StartsWith("Reading waits, for 5 s now", Told(next, 36_000), StringComparison.Ordinal);
    }

    [Fact]
    public void Tell_of_a_refusal_does_not_wait()
    {
        var target = Waiting();
        target.Report(SourceErrorKind.Refused, "no.", 1_000, WaitingReaders.PatienceWith(SourceErrorKind.Refused));

        Assert.Equal("Reading waits, for 0 s now: no. It goes on by itself.", Told(target, 1_000));
    }

    [Theory]
    [InlineData(5_999, false)]
    [InlineData(6_000, true)]
    public void Tell_of_a_broker_that_owes_an_answer_says_that_it_is_slow(long now, bool isSlow)
    {
        var target = Waiting();

        Assert.Equal(isSlow, _readers.Tell([target], _ => 1_000, now));
        Assert.Equal(isSlow, Message(target) is not null);
    }

    private static FetchTarget Waiting()
    {
        var target = new FetchTarget(new ReadAhead(Partition, 0, new BufferPool()));
        Assert.Null(target.Ahead.TryTake(out _));
        return target;
    }

    private string? Told(FetchTarget target, long now)
    {
        _readers.Tell([target], _ => -1, now);
        return Message(target);
    }

    // Taking the notice and waiting again.
    private static string? Message(FetchTarget target)
    {
        try
        {
            target.Ahead.TryTake(out _);
            return null;
        }
        catch (SourceException notice)
        {
            Assert.Null(target.Ahead.TryTake(out _));
            return notice.Message;
        }
    }
}
