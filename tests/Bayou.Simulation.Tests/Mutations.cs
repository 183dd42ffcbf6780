using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Simulation.Tests;

/// <summary>What the mutations do.</summary>
internal static class Mutations
{
    /// <summary>The slice as if nothing could be missing before it.</summary>
    public static Slice FromTheBeginning(Slice slice) => new(slice.TakeBuffer())
    {
        Source = slice.Source,
        Generation = slice.Generation,
        Version = slice.Version,
        Range = new OffsetRange(0, slice.Range.Next),
        Rows = slice.Rows,
        Quarantined = slice.Quarantined,
    };
}
