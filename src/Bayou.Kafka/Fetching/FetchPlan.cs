namespace Bayou.Kafka.Fetching;

/// <summary>What one broker is asked for next. Used again from fetch to fetch by one fetcher.</summary>
internal sealed class FetchPlan
{
    /// <summary>The partitions to ask for, each with the offset and turn as they were when the plan was made, and the bytes to ask for.</summary>
    public List<(FetchTarget Target, long Offset, int Turn, int MaxBytes)> Asks { get; } = [];

    /// <summary>True when partitions of the broker were left out, because they hold enough or are asked for at another place first.</summary>
    public bool HeldBack { get; set; }

    /// <summary>Most bytes that the response may hold.</summary>
    public int MaxBytes { get; set; }

    /// <summary>How long to wait, unless woken, when there is nothing to ask for.</summary>
    public TimeSpan LookAgain { get; set; }

    /// <summary>Changes whenever partitions were opened, closed or moved; then waits at the broker begin short.</summary>
    public int Revision { get; set; }

    /// <summary>Forgets what was planned.</summary>
    public void Clear()
    {
        Asks.Clear();
        (HeldBack, MaxBytes, LookAgain) = (false, 0, TimeSpan.FromSeconds(1));
    }
}
