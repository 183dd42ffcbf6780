using System.Text;
using Bayou.Definitions;
using Bayou.Slices;
using Bayou.Sources;

namespace Bayou.Sinks;

/// <summary>
/// One row of a batch, read in place, for a sink that writes row by row. Columns are numbered as in the table's definition; metadata columns are not among them. Not to be kept: it
/// looks at memory of the host's.
/// </summary>
public readonly ref struct RowView
{
    private readonly RowBlock _block;
    private readonly ReadOnlySpan<ColumnDefinition> _columns;
    private readonly int _row;

    internal RowView(RowBlockRange range, RowBlock block, ReadOnlySpan<ColumnDefinition> columns, int row)
    {
        (Partition, Generation, _row) = (range.Partition, range.Generation, row);
        _block = block;
        _columns = columns;
    }

    /// <summary>Where the row's record came from.</summary>
    public TopicPartition Partition { get; }

    /// <summary>The source's generation, from 1.</summary>
    public int Generation { get; }

    /// <summary>The record's offset. With <see cref="Partition"/> and <see cref="Generation"/> it names the row, and is the same when the row comes again.</summary>
    public long Offset => _block.Offsets[_row];

    /// <summary>The record's timestamp in microseconds since 1970-01-01T00:00:00Z; <see cref="long.MinValue"/> when it has none.</summary>
    public long TimestampMicroseconds => _block.Timestamps[_row];

    /// <summary>The record's timestamp; null when it has none, or one outside the years 1 to 9999.</summary>
    public DateTime? Timestamp => PlainValues.Instant(TimestampMicroseconds) as DateTime?;

    /// <summary>Number of columns.</summary>
    public int Columns => _columns.Length;

    /// <summary>The column's name and type.</summary>
    public ColumnDefinition Column(int column) => _columns[column];

    /// <summary>True when the row has no value there.</summary>
    public bool IsNull(int column) => _block.Column(column).IsNull(_row);

    /// <summary>A value of fixed width, as <see cref="ColumnView.Fixed{T}"/> has it; zero when it is null. <typeparamref name="T"/> has the width of the column's type.</summary>
    public T Fixed<T>(int column) where T : unmanaged => _block.Column(column).Fixed<T>()[_row];

    /// <summary>The bytes of a text, JSON or binary value, in place; empty when it is null.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => _block.Column(column).Bytes(_row);

    /// <summary>A decimal without its point: the value times ten to the power of the scale; zero when it is null.</summary>
    public Int128 Decimal(int column) => _columns[column].Type.FixedWidth == sizeof(long) ? Fixed<long>(column) : Fixed<Int128>(column);

    /// <summary>
    /// The value as an object: string (text and JSON), int, long, float, double, bool, byte[], <see cref="DateOnly"/>, <see cref="DateTime"/> (UTC), or the digits of a decimal as a
    /// string; null when it is null. A day or an instant outside the years 1 to 9999 is its number, as <see cref="Fixed{T}"/> has it.
    /// </summary>
    public object? Value(int column)
    {
        if (IsNull(column)) return null;
        var type = _columns[column].Type;
        return type.Kind switch
        {
            ColumnKind.Bool => Fixed<byte>(column) != 0,
            ColumnKind.Int => Fixed<int>(column),
            ColumnKind.Long => Fixed<long>(column),
            ColumnKind.Float => Fixed<float>(column),
            ColumnKind.Double => Fixed<double>(column),
            ColumnKind.Date => PlainValues.Day(Fixed<int>(column)),
            ColumnKind.Timestamp => PlainValues.Instant(Fixed<long>(column)),
            ColumnKind.Decimal => PlainValues.Digits(Decimal(column), type.Scale),
            ColumnKind.Binary => Bytes(column).ToArray(),
            _ => Encoding.UTF8.GetString(Bytes(column)),
        };
    }
}
