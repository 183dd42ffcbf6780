using Bayou.Kafka.Fetching;

namespace Bayou.Kafka.Tests.Fetching;

public sealed class FetchPacingTests
{
    private static readonly TimeSpan Longest = Ms(250);
    private readonly FetchPacing _pacing = new(Longest);

    [Fact]
    public void MaxWait_grows_while_nothing_comes_and_begins_short_after_a_change()
    {
        var waits = new List<double>();
        for (var i = 0; i < 8; i++) waits.Add(Idle().TotalMilliseconds);
        _pacing.Changed();

        Assert.Equal([5, 10, 20, 40, 80, 160, 250, 250], waits);
        Assert.Equal(FetchPacing.Short, _pacing.MaxWait(heldBack: false));
    }

    [Fact]
    public void MaxWait_grows_less_while_some_partition_is_left_out()
    {
        for (var i = 0; i < 8; i++) Idle();

        Assert.Equal(FetchPacing.LongestHeldBack, _pacing.MaxWait(heldBack: true));
        Assert.Equal(Longest, _pacing.MaxWait(heldBack: false));
    }

    [Fact]
    public void MaxWait_begins_short_after_records_came_while_some_partition_is_left_out()
    {
        for (var i = 0; i < 8; i++) Idle();

        _pacing.MaxWait(heldBack: true);
        _pacing.Received(1 << 20, Ms(1));

        Assert.Equal(FetchPacing.Short, _pacing.MaxWait(heldBack: true));
    }

    [Fact]
    public void MaxWait_ends_when_a_partition_is_due()
    {
        for (var i = 0; i < 8; i++) Idle();

        Assert.Equal(Ms(30), _pacing.MaxWait(heldBack: false, Ms(30)));
        Assert.Equal(TimeSpan.Zero, _pacing.MaxWait(heldBack: false, Ms(-3)));
        Assert.Equal(Longest, _pacing.MaxWait(heldBack: false, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void MaxWait_is_never_longer_than_the_option() => Assert.Equal(Ms(1), new FetchPacing(Ms(1)).MaxWait(heldBack: false));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(16 * 1024 - 1, 2)]
    [InlineData(16 * 1024, 0)]
    [InlineData(1 << 20, 0)]
    public void Received_pauses_after_small_responses_only(long bytes, double pause)
    {
        _pacing.MaxWait(heldBack: false);

        Assert.Equal(Ms(pause), _pacing.Received(bytes, TimeSpan.Zero));
    }

    [Fact]
    public void Received_pauses_longer_and_longer_after_empty_responses_that_come_too_early()
    {
        var pauses = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            _pacing.MaxWait(heldBack: false);
            pauses.Add(_pacing.Received(0, Ms(1)).TotalMilliseconds);
        }

        Assert.Equal([2, 4, 8, 16, 32, 64, 100, 100], pauses);
    }

    [Theory]
    [InlineData(0, 250, 0)]
    [InlineData(1 << 20, 1, 0)]
    public void Received_does_not_pause_once_a_response_was_in_order(long bytes, double after, double pause)
    {
        for (var i = 0; i < 8; i++)
        {
            _pacing.MaxWait(heldBack: false);
            _pacing.Received(0, Ms(1));
        }

        _pacing.MaxWait(heldBack: false);
        Assert.Equal(Ms(pause), _pacing.Received(bytes, Ms(after)));
        _pacing.MaxWait(heldBack: false);
        Assert.Equal(Ms(2), _pacing.Received(0, Ms(1)));
    }

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private TimeSpan Idle()
    {
        var wait = _pacing.MaxWait(heldBack: false);
        Assert.Equal(TimeSpan.Zero, _pacing.Received(0, wait));
        return wait;
    }
}
