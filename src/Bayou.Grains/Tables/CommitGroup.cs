using Bayou.Sinks;

namespace Bayou.Grains.Tables;

/// <summary>What a table commits together: slices of any of its partitions, and how far they bring each cursor.</summary>
internal sealed class CommitGroup(IReadOnlyList<HeldSlice> slices, IReadOnlyList<CursorMove> moves)
{
    /// <summary>Names the commit at every attempt.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    public IReadOnlyList<HeldSlice> Slices { get; } = slices;

    public IReadOnlyList<CursorMove> Moves { get; } = moves;

    public long Rows { get; } = slices.Sum(slice => (long)slice.Rows);

    public long SizeBytes { get; } = slices.Sum(slice => (long)slice.Slice.SizeBytes);

    public void Release()
    {
        foreach (var slice in Slices) slice.Release();
    }
}
