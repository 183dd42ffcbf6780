namespace Bayou.Parquet;

/// <summary>Reads <c>Statistics</c> of <c>parquet.thrift</c> and drops what cannot be trusted.</summary>
internal static class StatisticsReader
{
    /// <summary>Reads the statistics of <paramref name="leaf"/>, which are the reader's present field.</summary>
    public static ColumnStatistics Read(ref ThriftReader thrift, LeafColumn leaf)
    {
        byte[]? oldMin = null, oldMax = null, min = null, max = null;
        long? nulls = null;
        // Numbers are never cut; of bytes it is not known unless the file says so.
        var exact = leaf.Physical != PhysicalType.ByteArray;
        var (minExact, maxExact) = (exact, exact);
        var outer = thrift.StructField();
        while (thrift.NextField())
        {
            switch (thrift.Field)
            {
                case 1: oldMax = thrift.Binary().ToArray(); break;
                case 2: oldMin = thrift.Binary().ToArray(); break;
                case 3: nulls = thrift.Int64(); break;
                case 5: max = thrift.Binary().ToArray(); break;
                case 6: min = thrift.Binary().ToArray(); break;
                case 7: maxExact = thrift.Bool(); break;
                case 8: minExact = thrift.Bool(); break;
                default: thrift.Skip(); break;
            }
        }

        thrift.EndStruct(outer);
        // The old fields were compared as signed, whatever the type: right for signed numbers only.
        var signed = leaf.Physical is PhysicalType.Boolean or PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.Float or PhysicalType.Double;
        if (min is null && max is null && signed && !leaf.Node.Logical.IsUnsigned) (min, max) = (oldMin, oldMax);
        if (leaf.Physical == PhysicalType.Int96 || leaf.Node.Logical.Kind == LogicalKind.Other) (min, max) = (null, null);
        return new ColumnStatistics
        {
            NullCount = nulls is < 0 ? null : nulls,
            Min = Trusted(min, leaf),
            Max = Trusted(max, leaf),
            IsMinExact = minExact && min is not null,
            IsMaxExact = maxExact && max is not null,
        };
    }

    private static byte[]? Trusted(byte[]? bound, LeafColumn leaf)
    {
        if (bound is null || (leaf.Width > 0 && bound.Length != leaf.Width)) return null;
        return leaf.Physical switch
        {
            PhysicalType.Float when float.IsNaN(BitConverter.ToSingle(bound)) => null,
            PhysicalType.Double when double.IsNaN(BitConverter.ToDouble(bound)) => null,
            _ => bound,
        };
    }
}
