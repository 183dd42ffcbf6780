using Bayou.Slices;
using Bayou.Sinks;

namespace Bayou.Grains.Tables;

/// <summary>A slice that a table has accepted: whose buffer it owns, and from which rows on it is new.</summary>
internal sealed class HeldSlice(Slice slice, int firstRow, int firstQuarantined)
{
    private readonly PooledBuffer? _buffer = slice.TakeBuffer();

    public Slice Slice { get; } = slice;

    public int FirstRow { get; } = firstRow;

    public int FirstQuarantined { get; } = firstQuarantined;

    public CursorKey Key => new(Slice.Source, Slice.Generation);

    public int Rows => new RowBlock(Slice.Rows.Span).Rows - FirstRow;

    public int QuarantinedRows => new RowBlock(Slice.Quarantined.Span).Rows - FirstQuarantined;

    public void Release() => _buffer?.Return();
}
