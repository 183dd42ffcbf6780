using System.Text;
using Bayou.Definitions;

namespace Bayou.Sinks.Delta;

/// <summary>The values of one column in some rows.</summary>
public sealed class DeltaValues
{
    private readonly byte[] _validity;
    private readonly Array _values;
    private readonly byte[] _data;

    /// <summary>Values of fixed width (<paramref name="values"/> has one a row) or of bytes (it has, for each row, where the value ends in <paramref name="data"/>).</summary>
    internal DeltaValues(DeltaColumn column, int count, byte[] validity, Array values, byte[] data) =>
        (Column, Count, _validity, _values, _data) = (column, count, validity, values, data);

    /// <summary>The column.</summary>
    public DeltaColumn Column { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>One byte a row, 0 for null; empty when there are no nulls.</summary>
    internal ReadOnlySpan<byte> Validity => _validity;

    /// <summary>The bytes of all rows of a column of text or bytes, one after another.</summary>
    internal ReadOnlySpan<byte> Data => _data;

    /// <summary>True when the row is null.</summary>
    public bool IsNull(int row) => _validity.Length > 0 && _validity[row] == 0;

    /// <summary>
    /// The values of a kind of fixed width: bool as byte, int and date (days since 1970-01-01) as int, long and timestamp (microseconds since 1970) as long, float, double,
    /// decimal as unscaled <see cref="Int128"/>. Null rows are zero.
    /// </summary>
    /// <exception cref="InvalidCastException">The column is of another kind.</exception>
    public ReadOnlySpan<T> Fixed<T>() where T : unmanaged => (T[])_values;

    /// <summary>The bytes of a row's text or binary value; empty when it is null.</summary>
    /// <exception cref="InvalidCastException">The column is of another kind.</exception>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        var ends = (int[])_values;
        var start = row == 0 ? 0 : ends[row - 1];
        return _data.AsSpan(start, ends[row] - start);
    }

    /// <summary>The text of a row's value; null when it is null.</summary>
    public string? Text(int row) => IsNull(row) ? null : Encoding.UTF8.GetString(Bytes(row));

    /// <summary>A row's value for display: string, int, long, float, double, bool, byte[], <see cref="DateOnly"/>, <see cref="DateTime"/> (UTC), or the digits of a decimal; null when it is null. A day or an instant
    /// outside years 1 to 9999 is its number, as <see cref="Fixed"/> has it.</summary>
    public object? Value(int row)
    {
        if (IsNull(row)) return null;
        var type = Column.Type!.Value;
        return type.Kind switch
        {
            ColumnKind.Bool => Fixed<byte>()[row] != 0,
            ColumnKind.Int => Fixed<int>()[row],
            ColumnKind.Long => Fixed<long>()[row],
            ColumnKind.Float => Fixed<float>()[row],
            ColumnKind.Double => Fixed<double>()[row],
            ColumnKind.Date => Day(Fixed<int>()[row]),
            ColumnKind.Timestamp => Instant(Fixed<long>()[row]),
            ColumnKind.Decimal => DecimalText.Format(Fixed<Int128>()[row], type.Scale),
            ColumnKind.Binary => Bytes(row).ToArray(),
            _ => Text(row),
        };
    }

    // Ticks, because microseconds would go by way of a double, which is not exact beyond the year 2255.
    private static object Instant(long microseconds) =>
        microseconds is >= -62_135_596_800_000_000 and <= 253_402_300_799_999_999 ? DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond) : microseconds;

    private static object Day(int days) => days is >= -719_162 and <= 2_932_896 ? DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(days) : days;
}
