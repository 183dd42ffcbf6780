namespace Bayou.Kafka.Cluster;

/// <summary>Waits that double from one attempt to the next, up to a limit, each shortened or lengthened by up to a fifth at random, so that clients do not come back all at once.</summary>
internal sealed class JitteredBackoff(TimeSpan first, TimeSpan longest)
{
    private const double Jitter = 0.2;
    private int _attempts;

    /// <summary>Attempts since the last success.</summary>
    public int Attempts => _attempts;

    /// <summary>An attempt succeeded.</summary>
    public void Reset() => _attempts = 0;

    /// <summary>An attempt failed: how long to wait before the next.</summary>
    public TimeSpan Next()
    {
        var wait = Math.Min(first.TotalMilliseconds * Math.Pow(2, Math.Min(_attempts++, 30)), longest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(wait * (1 + Jitter * (2 * Random.Shared.NextDouble() - 1)));
    }
}
