namespace Bayou.Cli.Sampling;

/// <summary>Spreads a number of records over partitions.</summary>
internal static class SampleShares
{
    /// <summary>
    /// A share for each partition, none larger than what is there, as even as that allows; where they do not come out even, the first ones get one more. They add up to
    /// <paramref name="total"/>, or to all there is.
    /// </summary>
    public static long[] Spread(IReadOnlyList<long> available, long total)
    {
        var shares = new long[available.Count];
        while (total > 0 && Enumerable.Range(0, shares.Length).Where(index => shares[index] < available[index]).ToArray() is { Length: > 0 } open)
        {
            var each = Math.Max(1, total / open.Length);
            foreach (var index in open)
            {
                var more = Math.Min(Math.Min(each, total), available[index] - shares[index]);
                shares[index] += more;
                total -= more;
            }
        }

        return shares;
    }
}
