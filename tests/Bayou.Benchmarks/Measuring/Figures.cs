namespace Bayou.Benchmarks.Measuring;

/// <summary>What many numbers come to.</summary>
internal static class Figures
{
    /// <summary>The median; of an even number, the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The value that a share of the sorted values does not exceed.</summary>
    public static double Percentile(ReadOnlySpan<double> sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
