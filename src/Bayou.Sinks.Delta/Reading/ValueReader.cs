using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Bayou.Definitions;
using Bayou.Parquet;

namespace Bayou.Sinks.Delta;

/// <summary>Reads a column's values from a row group, or from the log where it is a partition column.</summary>
internal static class ValueReader
{
    private const long MicrosecondsPerDay = 86_400_000_000;
    private const long LongestConstant = 1 << 30; // bytes
    private const int MostRows = 1 << 26; // of a row group: nulls and constants take no bytes in a file, but do in memory
    private const long JulianEpochDay = 2_440_588; // 1970-01-01

    /// <summary>The values; a column that the file has not is null in every row.</summary>
    public static DeltaValues Read(ParquetReader reader, int rowGroup, DeltaColumn column, DeltaDataFile file)
    {
        if (reader.RowGroups[rowGroup].Rows is > MostRows and var many)
            throw new FormatException($"row group {rowGroup} has {many} rows, and more than {MostRows} are not read at once.");
        var rows = (int)reader.RowGroups[rowGroup].Rows;
        if (column.IsPartitionColumn) return Constant(column, rows, file.PartitionValues.GetValueOrDefault(column.Name));
        var leaf = reader.Schema.Leaves.FirstOrDefault(leaf => leaf.PathParts is [var name] && name == column.Name);
        return leaf is null ? Constant(column, rows, null) : FromFile(reader.ReadColumn(rowGroup, leaf), column, rows);
    }

    private static DeltaValues FromFile(ColumnData data, DeltaColumn column, int rows)
    {
        if (!IsStored(data.Column, column.Type!.Value))
            throw new FormatException($"column {column.Name} is stored as {data.Column.Physical} ({data.Column.Node.Logical.Kind}), and the table's schema says {column.TypeName}.");
        var validity = data.Validity();
        return column.Type!.Value.Kind switch
        {
            ColumnKind.Bool => new(column, rows, validity, data.Dense<byte>(), []),
            ColumnKind.Int or ColumnKind.Date => new(column, rows, validity, data.Dense<int>(), []),
            ColumnKind.Long => new(column, rows, validity, data.Dense<long>(), []),
            ColumnKind.Float => new(column, rows, validity, data.Dense<float>(), []),
            ColumnKind.Double => new(column, rows, validity, data.Dense<double>(), []),
            ColumnKind.Timestamp => new(column, rows, validity, Microseconds(data, rows), []),
            ColumnKind.Decimal => new(column, rows, validity, Each(data, rows, data.Decimal), []),
            _ => new(column, rows, validity, data.DenseEnds(), data.Data.ToArray()),
        };
    }

    // Values of another type with the same width must not be taken for these.
    private static bool IsStored(LeafColumn leaf, ColumnType type) => type.Kind switch
    {
        ColumnKind.Bool => leaf.Physical == PhysicalType.Boolean,
        ColumnKind.Int or ColumnKind.Date => leaf.Physical == PhysicalType.Int32 && leaf.Node.Logical.Kind != LogicalKind.Decimal,
        ColumnKind.Long => leaf.Physical == PhysicalType.Int64 && leaf.Node.Logical.Kind != LogicalKind.Decimal,
        ColumnKind.Float => leaf.Physical == PhysicalType.Float,
        ColumnKind.Double => leaf.Physical == PhysicalType.Double,
        ColumnKind.Timestamp => leaf.Physical is PhysicalType.Int64 or PhysicalType.Int96 && leaf.Node.Logical.Kind != LogicalKind.Decimal,
        ColumnKind.Decimal => leaf.Node.Logical.Kind == LogicalKind.Decimal && leaf.Node.Logical.Scale == type.Scale,
        _ => leaf.Physical == PhysicalType.ByteArray && leaf.Node.Logical.Kind != LogicalKind.Decimal,
    };

    private static long[] Microseconds(ColumnData data, int rows)
    {
        if (data.Column.Physical == PhysicalType.Int96) return Each(data, rows, index => FromInt96(data.Bytes(index)));
        var values = data.Dense<long>();
        var unit = data.Column.Node.Logical.Unit;
        if (unit is not (TimeUnit.Milliseconds or TimeUnit.Nanoseconds)) return values;
        for (var i = 0; i < values.Length; i++)
            values[i] = unit == TimeUnit.Milliseconds ? values[i] * 1000 : (long)Math.Floor(values[i] / 1000m);
        return values;
    }

    // Nanoseconds of the day, then the Julian day, little-endian.
    private static long FromInt96(ReadOnlySpan<byte> bytes) =>
        (BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) - JulianEpochDay) * MicrosecondsPerDay + BinaryPrimitives.ReadInt64LittleEndian(bytes) / 1000;

    private static T[] Each<T>(ColumnData data, int rows, Func<int, T> value)
    {
        var values = new T[rows];
        var cursor = data.Cursor();
        for (var row = 0; cursor.MoveNext(); row++)
            if (cursor.HasValue) values[row] = value(cursor.ValueIndex);
        return values;
    }

    private static DeltaValues Constant(DeltaColumn column, int rows, string? text)
    {
        var type = column.Type!.Value;
        var validity = text is null ? new byte[rows] : [];
        switch (type.Kind)
        {
            case ColumnKind.Bool: return Filled(text is "true" ? (byte)1 : (byte)0);
            case ColumnKind.Int: return Filled(text is null ? 0 : int.Parse(text, CultureInfo.InvariantCulture));
            case ColumnKind.Long: return Filled(text is null ? 0 : long.Parse(text, CultureInfo.InvariantCulture));
            case ColumnKind.Float: return Filled(text is null ? 0 : float.Parse(text, CultureInfo.InvariantCulture));
            case ColumnKind.Double: return Filled(text is null ? 0 : double.Parse(text, CultureInfo.InvariantCulture));
            case ColumnKind.Date: return Filled(text is null ? 0 : DateOnly.Parse(text, CultureInfo.InvariantCulture).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber);
            case ColumnKind.Timestamp: return Filled(text is null ? 0 : ParseMicroseconds(text));
            case ColumnKind.Decimal: return Filled(text is null ? 0 : DecimalText.Parse(text, type.Scale));
            default:
                var value = Encoding.UTF8.GetBytes(text ?? "");
                if ((long)value.Length * rows > LongestConstant)
                    throw new FormatException($"the value of partition column {column.Name} has {value.Length} bytes, which is too long for {rows} rows at once.");
                var data = new byte[value.Length * rows];
                var ends = new int[rows];
                for (var row = 0; row < rows; row++)
                {
                    value.CopyTo(data, row * value.Length);
                    ends[row] = (row + 1) * value.Length;
                }

                return new DeltaValues(column, rows, validity, ends, data);
        }

        DeltaValues Filled<T>(T value) where T : unmanaged
        {
            var values = new T[rows];
            Array.Fill(values, value);
            return new DeltaValues(column, rows, validity, values, []);
        }
    }

    private static long ParseMicroseconds(string text) =>
        (DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
