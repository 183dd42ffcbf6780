using System.Runtime.InteropServices;

namespace Bayou.Slices;

/// <summary>
/// Rows of one partition as typed columns in one flat buffer, in offset order. Written by <see cref="RowBlockBuilder"/>, read in place.
/// </summary>
/// <remarks>
/// Layout, all integers little-endian <c>int32</c> unless said otherwise and every section aligned to 8 bytes from the block's start:
/// rows, columns, start of offsets (<c>int64</c> each), start of timestamps (<c>int64</c> microseconds each); then per column: nulls, start of
/// validity (one byte a row, 1 for a value; 0 as start when there are no nulls), start of values, start of data, length of data. The values of
/// a kind of fixed width are that many bytes a row (nulls are zero); of other kinds an <c>int32</c> end within data a row.
/// </remarks>
public readonly ref struct RowBlock
{
    internal const int HeaderInts = 4;
    internal const int ColumnInts = 5;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<int> _directory;

    /// <summary>A block over bytes that <see cref="RowBlockBuilder"/> wrote.</summary>
    public RowBlock(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _directory = MemoryMarshal.Cast<byte, int>(bytes[..(bytes.Length & ~3)]);
    }

    /// <summary>Number of rows.</summary>
    public int Rows => _bytes.IsEmpty ? 0 : _directory[0];

    /// <summary>Number of columns, metadata columns not counted.</summary>
    public int Columns => _bytes.IsEmpty ? 0 : _directory[1];

    /// <summary>Kafka offset of each row, ascending.</summary>
    public ReadOnlySpan<long> Offsets => Longs(_directory[2]);

    /// <summary>Kafka timestamp of each row in microseconds since 1970-01-01T00:00:00Z; <see cref="long.MinValue"/> when the record has none.</summary>
    public ReadOnlySpan<long> Timestamps => Longs(_directory[3]);

    /// <summary>The column at <paramref name="index"/>, in the order of the table's definition.</summary>
    public ColumnView Column(int index)
    {
        var entry = _directory.Slice(HeaderInts + index * ColumnInts, ColumnInts);
        var validity = entry[1] == 0 ? default : _bytes.Slice(entry[1], Rows);
        return new ColumnView(Rows, entry[0], validity, _bytes[entry[2]..], _bytes.Slice(entry[3], entry[4]));
    }

    /// <summary>Index of the first row whose offset is at least <paramref name="offset"/>; the number of rows when there is none.</summary>
    public int FirstRowAt(long offset)
    {
        if (Rows == 0) return 0;
        var found = Offsets.BinarySearch(offset);
        return found < 0 ? ~found : found;
    }

    private ReadOnlySpan<long> Longs(int start) => MemoryMarshal.Cast<byte, long>(_bytes.Slice(start, Rows * sizeof(long)));
}
