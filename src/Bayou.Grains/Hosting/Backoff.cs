namespace Bayou.Grains.Hosting;

/// <summary>Waits between attempts: doubling from the first to the longest, each shortened by up to a fifth at random so that many do not retry at once.</summary>
internal sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    /// <summary>Failures since the last success.</summary>
    public int Attempts { get; private set; }

    /// <summary>How long to wait before the next attempt.</summary>
    public TimeSpan Next()
    {
        var wait = first * Math.Pow(2, Math.Min(Attempts, 20));
        Attempts++;
        return (wait < longest ? wait : longest) * (1 - 0.2 * random.NextDouble());
    }

    public void Reset() => Attempts = 0;
}
