using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Bayou.Definitions;

namespace Bayou.Slices;

/// <summary>
/// Collects the values of one column, row by row. The arrays are kept when it is reset, so that a builder in use allocates nothing.
/// A value that was appended twice for one row, or not at all, is set right by <see cref="RowBlockBuilder"/> (last value, null).
/// </summary>
public sealed class ColumnBuilder
{
    private const int InitialRows = 256;

    private readonly int _width;
    private byte[] _values;
    private int _capacity = InitialRows;

    // One byte a row, written only from the first null on: a column without any costs nothing.
    private byte[] _validity = [];
    private byte[] _data = [];
    private int _dataLength;

    /// <summary>A builder for values of <paramref name="type"/>.</summary>
    public ColumnBuilder(ColumnType type)
    {
        Type = type;
        _width = type.FixedWidth == 0 ? sizeof(int) : type.FixedWidth;
        _values = new byte[InitialRows * _width];
    }

    /// <summary>The column's type.</summary>
    public ColumnType Type { get; }

    /// <summary>Rows that have a value or a null so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Nulls among them.</summary>
    public int Nulls { get; private set; }

    /// <summary>Bytes that the column takes in a block, about.</summary>
    public int SizeBytes => Rows * (_width + 1) + _dataLength;

    internal ReadOnlySpan<byte> Values => _values.AsSpan(0, Rows * _width);

    internal ReadOnlySpan<byte> Validity => _validity.AsSpan(0, Rows);

    internal ReadOnlySpan<byte> Data => _data.AsSpan(0, _dataLength);

    /// <summary>Appends a null.</summary>
    public void AppendNull()
    {
        Grow();
        if (_validity.Length < _capacity) Array.Resize(ref _validity, _capacity);
        if (Nulls++ == 0) _validity.AsSpan(0, Rows).Fill(1);
        _values.AsSpan(Rows * _width, _width).Clear();
        if (Type.FixedWidth == 0) WriteEnd();
        _validity[Rows++] = 0;
    }

    /// <summary>Appends a value of fixed width; <typeparamref name="T"/> has the width that the column's type has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append<T>(T value) where T : unmanaged
    {
        Grow();
        Unsafe.WriteUnaligned(ref _values[Rows * _width], value);
        EndRow();
    }

    /// <summary>Appends an unscaled decimal in the width that the column's precision asks for.</summary>
    public void AppendDecimal(Int128 unscaled)
    {
        if (_width == sizeof(long)) Append((long)unscaled);
        else Append(unscaled);
    }

    /// <summary>Appends a value of variable length.</summary>
    public void AppendBytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(ReserveBytes(value.Length));
        CommitBytes(value.Length);
    }

    /// <summary>
    /// Appends the bytes <c>[start, end)</c> of <paramref name="text"/>. Copying a short value in one wide step takes a fraction of a general copy, and most values are short.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AppendBytes(ReadOnlySpan<byte> text, int start, int end)
    {
        const int Wide = 32;
        var length = end - start;
        if ((uint)length <= Wide && text.Length - start >= Wide && _data.Length - _dataLength >= Wide)
        {
            Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)start).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_data), (nuint)_dataLength);
            CommitBytes(length);
            return;
        }

        AppendBytes(text[start..end]);
    }

    /// <summary>Room for a value of up to <paramref name="most"/> bytes; write into it, then call <see cref="CommitBytes"/>.</summary>
    public Span<byte> ReserveBytes(int most)
    {
        if (_data.Length - _dataLength < most)
            Array.Resize(ref _data, Math.Max(_dataLength + most, Math.Max(1024, _data.Length * 2)));
        return _data.AsSpan(_dataLength, most);
    }

    /// <summary>Appends the first <paramref name="length"/> bytes of the room reserved last as a value.</summary>
    public void CommitBytes(int length)
    {
        Grow();
        _dataLength += length;
        WriteEnd();
        EndRow();
    }

    /// <summary>Takes back every row from <paramref name="rows"/> on.</summary>
    public void TruncateTo(int rows)
    {
        while (Rows > rows)
        {
            Rows--;
            if (Nulls > 0 && _validity[Rows] == 0) Nulls--;
        }

        if (Type.FixedWidth == 0)
            _dataLength = Rows == 0 ? 0 : MemoryMarshal.Read<int>(_values.AsSpan((Rows - 1) * sizeof(int)));
    }

    /// <summary>Empties the column and keeps its memory.</summary>
    public void Reset() => (Rows, Nulls, _dataLength) = (0, 0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteEnd() => Unsafe.WriteUnaligned(ref _values[Rows * _width], _dataLength);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndRow()
    {
        if (Nulls > 0) MarkValid();
        Rows++;
    }

    private void MarkValid()
    {
        if (_validity.Length < _capacity) Array.Resize(ref _validity, _capacity);
        _validity[Rows] = 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Grow()
    {
        if (Rows == _capacity) Enlarge();
    }

    private void Enlarge()
    {
        _capacity *= 2;
        Array.Resize(ref _values, _capacity * _width);
    }
}
