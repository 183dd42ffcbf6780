using System.Runtime.InteropServices;

namespace Bayou.Slices;

/// <summary>One column of a <see cref="RowBlock"/>, read in place.</summary>
public readonly ref struct ColumnView
{
    private readonly ReadOnlySpan<byte> _values;

    internal ColumnView(int rows, int nulls, ReadOnlySpan<byte> validity, ReadOnlySpan<byte> values, ReadOnlySpan<byte> data)
    {
        (Rows, NullCount) = (rows, nulls);
        Validity = validity;
        _values = values;
        Data = data;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of nulls among them.</summary>
    public int NullCount { get; }

    /// <summary>One byte a row, 1 for a value and 0 for null; empty when there are no nulls.</summary>
    public ReadOnlySpan<byte> Validity { get; }

    /// <summary>Bytes of the values of variable length, one after another.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Where each row's value ends in <see cref="Data"/>, for kinds of variable length; it begins where the one before ends.</summary>
    public ReadOnlySpan<int> Ends => Fixed<int>();

    /// <summary>True when the row is null.</summary>
    public bool IsNull(int row) => !Validity.IsEmpty && Validity[row] == 0;

    /// <summary>The values of a kind of fixed width: bool as byte, int and date as int, long and timestamp as long, float, double, decimal as long (up to 18 digits) or <see cref="Int128"/>, unscaled.</summary>
    public ReadOnlySpan<T> Fixed<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(_values)[..Rows];

    /// <summary>The bytes of one value of variable length.</summary>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        var ends = Ends;
        var start = row == 0 ? 0 : ends[row - 1];
        return Data[start..ends[row]];
    }
}
