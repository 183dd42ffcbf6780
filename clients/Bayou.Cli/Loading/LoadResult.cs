namespace Bayou.Cli.Loading;

/// <summary>What was produced.</summary>
/// <param name="Events">Events that the brokers confirmed.</param>
/// <param name="Bytes">Bytes of their keys and values, before compression.</param>
/// <param name="Elapsed">From the first event to the last confirmation.</param>
internal sealed record LoadResult(long Events, long Bytes, TimeSpan Elapsed)
{
    /// <summary>Events per second.</summary>
    public double Rate => Events / Math.Max(Elapsed.TotalSeconds, 0.001);
}
