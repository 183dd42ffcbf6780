using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Bayou.Definitions;

namespace Bayou.Slices;

/// <summary>
/// Collects rows of one table from one partition and writes them as a <see cref="RowBlock"/>. Not safe for concurrent use; kept and reused.
/// A row is written by appending at most one value to each of <see cref="Columns"/> and then calling <see cref="EndRow"/>, or
/// <see cref="CancelRow"/> when it cannot become a row.
/// </summary>
public sealed class RowBlockBuilder
{
    private readonly ColumnBuilder[] _columns;
    private long[] _offsets = new long[256];
    private long[] _timestamps = new long[256];

    /// <summary>A builder for the given columns.</summary>
    public RowBlockBuilder(IReadOnlyList<ColumnDefinition> columns) =>
        _columns = [.. columns.Select(column => new ColumnBuilder(column.Type))];

    /// <summary>The columns, in the order of the definition.</summary>
    public ReadOnlySpan<ColumnBuilder> Columns => _columns;

    /// <summary>Finished rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Finishes a row; columns that got no value become null.</summary>
    public void EndRow(long offset, long timestampMicroseconds)
    {
        if (Rows == _offsets.Length)
        {
            Array.Resize(ref _offsets, Rows * 2);
            Array.Resize(ref _timestamps, Rows * 2);
        }

        _offsets[Rows] = offset;
        _timestamps[Rows] = timestampMicroseconds;
        foreach (var column in _columns)
            if (column.Rows == Rows) column.AppendNull();
        Rows++;
    }

    /// <summary>Takes back what was appended since the last finished row.</summary>
    public void CancelRow()
    {
        foreach (var column in _columns) column.TruncateTo(Rows);
    }

    /// <summary>Takes back the last finished row.</summary>
    public void RemoveLastRow()
    {
        Rows--;
        CancelRow();
    }

    /// <summary>Bytes that the block will have, an upper bound.</summary>
    public int SizeBytes
    {
        get
        {
            var bytes = (RowBlock.HeaderInts + RowBlock.ColumnInts * _columns.Length) * sizeof(int) + 8 + Rows * 16;
            foreach (var column in _columns) bytes += column.SizeBytes + 24;
            return bytes;
        }
    }

    /// <summary>Writes the block, of at most <see cref="SizeBytes"/> bytes, and returns its length; nothing when there are no rows.</summary>
    public int WriteTo(Span<byte> destination)
    {
        if (Rows == 0) return 0;
        var directory = MemoryMarshal.Cast<byte, int>(destination)[..(RowBlock.HeaderInts + RowBlock.ColumnInts * _columns.Length)];
        var at = directory.Length * sizeof(int);
        directory[0] = Rows;
        directory[1] = _columns.Length;
        directory[2] = Section(destination, ref at, MemoryMarshal.AsBytes(_offsets.AsSpan(0, Rows)));
        directory[3] = Section(destination, ref at, MemoryMarshal.AsBytes(_timestamps.AsSpan(0, Rows)));
        for (var i = 0; i < _columns.Length; i++)
        {
            var column = _columns[i];
            var entry = directory.Slice(RowBlock.HeaderInts + i * RowBlock.ColumnInts, RowBlock.ColumnInts);
            entry[0] = column.Nulls;
            entry[1] = column.Nulls == 0 ? 0 : Section(destination, ref at, column.Validity);
            entry[2] = Section(destination, ref at, column.Values);
            entry[3] = Section(destination, ref at, column.Data);
            entry[4] = column.Data.Length;
        }

        return at;
    }

    /// <summary>Empties the builder and keeps its memory.</summary>
    public void Reset()
    {
        Rows = 0;
        foreach (var column in _columns) column.Reset();
    }

    private static int Section(Span<byte> destination, ref int at, ReadOnlySpan<byte> bytes)
    {
        var start = (at + 7) & ~7;
        destination[at..start].Clear();
        bytes.CopyTo(destination[start..]);
        at = start + bytes.Length;
        return start;
    }
}
