namespace Bayou.Kafka.Fetching;

/// <summary>What one broker is asked for next. Used again from fetch to fetch by one fetcher.</summary>
internal sealed class FetchPlan
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    /// <summary>The partitions to ask for.</summary>
    public List<FetchAsk> Asks { get; } = [];

    /// <summary>True when partitions of the broker were left out, because they hold enough or are asked for at another place first.</summary>
    public bool HeldBack { get; set; }

    /// <summary>True when some partition is only asked for because a follower was of no use: the broker must not name one.</summary>
    public bool LeaderOnly { get; set; }

    /// <summary>Most bytes that the response may hold.</summary>
    public int MaxBytes { get; set; }

    /// <summary>How long to wait, unless woken, when there is nothing to ask for; and how long the broker may keep a fetch at most, as some partition is due then.</summary>
    public TimeSpan LookAgain { get; private set; } = LongestSleep;

    /// <summary>Whether <see cref="LookAgain"/> says when a partition is due.</summary>
    public bool IsSomeDue { get; private set; }

    /// <summary>Changes whenever partitions were opened, closed or moved; then waits at the broker begin short.</summary>
    public int Revision { get; set; }

    /// <summary>Counts plans: each begins with another partition, as the first one gets the most.</summary>
    public int Number { get; private set; }

    /// <summary>A partition that was left out is due after <paramref name="wait"/>.</summary>
    public void Due(TimeSpan wait)
    {
        IsSomeDue = true;
        if (wait < LookAgain) LookAgain = wait;
    }

    /// <summary>Forgets what was planned.</summary>
    public void Clear()
    {
        Asks.Clear();
        (HeldBack, LeaderOnly, MaxBytes, LookAgain, IsSomeDue) = (false, false, 0, LongestSleep, false);
        Number = Number == int.MaxValue ? 0 : Number + 1;
    }
}
