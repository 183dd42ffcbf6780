namespace Bayou.Parquet;

/// <summary>The logical type of a <c>SchemaElement</c> in <c>parquet.thrift</c>: fields 6 to 8 for readers of old, 9, and 10, the union <c>LogicalType</c>.</summary>
internal static class LogicalTypeFormat
{
    /// <summary>Writes fields 6 to 10 of the element of <paramref name="node"/>, as far as they apply.</summary>
    public static void Write(ThriftWriter thrift, SchemaNode node)
    {
        var type = node.Logical;
        if (Converted(type) is { } converted) thrift.Int32(6, converted);
        if (type.Kind == LogicalKind.Decimal)
        {
            thrift.Int32(7, type.Scale);
            thrift.Int32(8, type.Precision);
        }

        if (node.FieldId is { } id) thrift.Int32(9, id);
        if (type.Kind is LogicalKind.None or LogicalKind.Other) return;
        thrift.BeginStruct(10);
        thrift.BeginStruct((int)type.Kind);
        switch (type.Kind)
        {
            case LogicalKind.Decimal:
                thrift.Int32(1, type.Scale);
                thrift.Int32(2, type.Precision);
                break;
            case LogicalKind.Time or LogicalKind.Timestamp:
                thrift.Bool(1, type.IsAdjustedToUtc);
                thrift.BeginStruct(2);
                thrift.Empty((int)type.Unit);
                thrift.EndStruct();
                break;
            case LogicalKind.Integer:
                thrift.Byte(1, type.Bits);
                thrift.Bool(2, type.IsSigned);
                break;
            default:
                break;
        }

        thrift.EndStruct();
        thrift.EndStruct();
    }

    /// <summary>Reads the union <c>LogicalType</c>, which is the reader's present field.</summary>
    public static LogicalType Read(ref ThriftReader thrift)
    {
        var result = default(LogicalType);
        var union = thrift.StructField();
        while (thrift.NextField())
        {
            var kind = (LogicalKind)thrift.Field;
            result = new LogicalType(Enum.IsDefined(kind) && kind != LogicalKind.None ? kind : LogicalKind.Other);
            if (result.Kind == LogicalKind.Other || thrift.Type != ThriftType.Struct) thrift.Skip();
            else result = ReadParameters(ref thrift, result);
        }

        thrift.EndStruct(union);
        return result;
    }

    /// <summary>The logical type that a <c>ConvertedType</c> stands for.</summary>
    public static LogicalType FromConverted(int converted, int precision, int scale) => converted switch
    {
        0 => new LogicalType(LogicalKind.String),
        1 or 2 => new LogicalType(LogicalKind.Map),
        3 => new LogicalType(LogicalKind.List),
        4 => new LogicalType(LogicalKind.Enum),
        5 => new LogicalType(LogicalKind.Decimal) { Precision = precision, Scale = scale },
        6 => new LogicalType(LogicalKind.Date),
        7 => new LogicalType(LogicalKind.Time) { Unit = TimeUnit.Milliseconds, IsAdjustedToUtc = true },
        8 => new LogicalType(LogicalKind.Time) { Unit = TimeUnit.Microseconds, IsAdjustedToUtc = true },
        9 => new LogicalType(LogicalKind.Timestamp) { Unit = TimeUnit.Milliseconds, IsAdjustedToUtc = true },
        10 => new LogicalType(LogicalKind.Timestamp) { Unit = TimeUnit.Microseconds, IsAdjustedToUtc = true },
        >= 11 and <= 14 => new LogicalType(LogicalKind.Integer) { Bits = 8 << (converted - 11) },
        >= 15 and <= 18 => new LogicalType(LogicalKind.Integer) { Bits = 8 << (converted - 15), IsSigned = true },
        19 => new LogicalType(LogicalKind.Json),
        20 => new LogicalType(LogicalKind.Bson),
        _ => new LogicalType(LogicalKind.Other),
    };

    /// <summary>The <c>ConvertedType</c> of a logical type; null when there is none.</summary>
    private static int? Converted(LogicalType type) => type.Kind switch
    {
        LogicalKind.String => 0,
        LogicalKind.Map => 1,
        LogicalKind.List => 3,
        LogicalKind.Enum => 4,
        LogicalKind.Decimal => 5,
        LogicalKind.Date => 6,
        LogicalKind.Time when type is { Unit: TimeUnit.Milliseconds, IsAdjustedToUtc: true } => 7,
        LogicalKind.Time when type is { Unit: TimeUnit.Microseconds, IsAdjustedToUtc: true } => 8,
        LogicalKind.Timestamp when type is { Unit: TimeUnit.Milliseconds, IsAdjustedToUtc: true } => 9,
        LogicalKind.Timestamp when type is { Unit: TimeUnit.Microseconds, IsAdjustedToUtc: true } => 10,
        LogicalKind.Integer => (type.IsSigned ? 15 : 11) + int.Log2(type.Bits / 8),
        LogicalKind.Json => 19,
        LogicalKind.Bson => 20,
        _ => null,
    };

    private static LogicalType ReadParameters(ref ThriftReader thrift, LogicalType type)
    {
        var inner = thrift.BeginStruct();
        while (thrift.NextField())
        {
            type = (type.Kind, thrift.Field) switch
            {
                (LogicalKind.Decimal, 1) => type with { Scale = thrift.Int32() },
                (LogicalKind.Decimal, 2) => type with { Precision = thrift.Int32() },
                (LogicalKind.Time or LogicalKind.Timestamp, 1) => type with { IsAdjustedToUtc = thrift.Bool() },
                (LogicalKind.Time or LogicalKind.Timestamp, 2) => type with { Unit = ReadUnit(ref thrift) },
                (LogicalKind.Integer, 1) => type with { Bits = thrift.Int32() },
                (LogicalKind.Integer, 2) => type with { IsSigned = thrift.Bool() },
                _ => Passed(ref thrift, type),
            };
        }

        thrift.EndStruct(inner);
        return type;
    }

    private static TimeUnit ReadUnit(ref ThriftReader thrift)
    {
        var unit = default(TimeUnit);
        var union = thrift.StructField();
        while (thrift.NextField())
        {
            unit = (TimeUnit)thrift.Field;
            thrift.Skip();
        }

        thrift.EndStruct(union);
        return unit;
    }

    private static LogicalType Passed(ref ThriftReader thrift, LogicalType type)
    {
        thrift.Skip();
        return type;
    }
}
