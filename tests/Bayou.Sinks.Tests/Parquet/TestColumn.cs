namespace Bayou.Parquet;

/// <summary>
/// A flat column of a test: its node and one value a row, null or boxed: <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="float"/>,
/// <see cref="double"/>, <see cref="Int128"/> or bytes, as the writer takes them.
/// </summary>
public sealed record TestColumn(SchemaNode Node, object?[] Values)
{
    /// <summary>Appends rows to the column's writer as one block.</summary>
    public void AppendTo(ColumnWriter writer, int start, int count)
    {
        var rows = Values.AsSpan(start, count);
        byte[] validity = rows.Contains(null) ? [.. Values.Skip(start).Take(count).Select(value => value is null ? (byte)0 : (byte)1)] : [];
        switch (Node.Physical)
        {
            case PhysicalType.Boolean: writer.Append<byte>(Array.ConvertAll(rows.ToArray(), value => value is true ? (byte)1 : (byte)0), validity); break;
            case PhysicalType.Int32 when rows.ToArray().Any(value => value is long): writer.Append<long>(Typed<long>(rows), validity); break;
            case PhysicalType.Int32: writer.Append<int>(Typed<int>(rows), validity); break;
            case PhysicalType.Int64: writer.Append<long>(Typed<long>(rows), validity); break;
            case PhysicalType.Float: writer.Append<float>(Typed<float>(rows), validity); break;
            case PhysicalType.Double: writer.Append<double>(Typed<double>(rows), validity); break;
            case PhysicalType.FixedLenByteArray: writer.Append<Int128>(Typed<Int128>(rows), validity); break;
            default: AppendBytes(writer, rows, validity); break;
        }
    }

    /// <summary>Reads the column's rows back, in the form of <see cref="Values"/>.</summary>
    public static object?[] Read(ColumnData data)
    {
        var rows = new object?[data.Entries];
        var cursor = data.Cursor();
        for (var row = 0; cursor.MoveNext(); row++)
        {
            if (!cursor.HasValue) continue;
            var decimals = data.Column.Node.Logical.Kind == LogicalKind.Decimal;
            rows[row] = data.Column.Physical switch
            {
                PhysicalType.Boolean => cursor.Value<byte>() == 1,
                PhysicalType.Int32 when decimals => (long)cursor.Value<int>(),
                PhysicalType.Int32 => cursor.Value<int>(),
                PhysicalType.Int64 => cursor.Value<long>(),
                PhysicalType.Float => cursor.Value<float>(),
                PhysicalType.Double => cursor.Value<double>(),
                PhysicalType.FixedLenByteArray => data.Decimal(cursor.ValueIndex),
                _ => cursor.Bytes.ToArray(),
            };
        }

        return rows;
    }

    /// <summary>Asserts that rows are the same to the bit.</summary>
    public static void AssertSame(object?[] expected, object?[] actual) =>
        Assert.Equal(expected.Select(Comparable), actual.Select(Comparable));

    private static object? Comparable(object? value) => value switch
    {
        float number => BitConverter.SingleToInt32Bits(number),
        double number => BitConverter.DoubleToInt64Bits(number),
        byte[] bytes => Convert.ToHexString(bytes),
        _ => value,
    };

    private static void AppendBytes(ColumnWriter writer, ReadOnlySpan<object?> rows, byte[] validity)
    {
        // A row before those that are meant: what AppendBytes leaves out.
        var ends = new List<int> { 3 };
        var data = new List<byte> { 1, 2, 3 };
        foreach (var row in rows)
        {
            data.AddRange((byte[]?)row ?? []);
            ends.Add(data.Count);
        }

        writer.AppendBytes(ends.ToArray(), data.ToArray(), validity.Length == 0 ? [] : [1, .. validity], 1);
    }

    private static T[] Typed<T>(ReadOnlySpan<object?> rows) where T : unmanaged =>
        Array.ConvertAll(rows.ToArray(), value => value is null ? default : (T)value);
}
