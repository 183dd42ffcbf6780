namespace Bayou.Grains.Hosting;

/// <summary>
/// How many bytes of slices a table may hold: an equal share of the silo's memory for slices. So a table that is stuck cannot take what the others need.
/// </summary>
internal sealed class SliceBudget(BayouOptions options)
{
    /// <summary>The share of one of <paramref name="tables"/> tables, in bytes.</summary>
    public long Share(int tables) => Math.Max(options.LeastTableBytes, options.SliceMemoryBytes / Math.Max(1, tables));
}
