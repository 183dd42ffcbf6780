using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bayou.Parquet;

/// <summary>Finds the encoder of a column, and hands values of any type to it: the tests of types vanish when the callers are compiled for theirs.</summary>
internal static class ValueEncoders
{
    /// <summary>The encoder for the values of <paramref name="column"/>.</summary>
    /// <exception cref="ArgumentException">The column has a type that is not written.</exception>
    public static ValueEncoder For(LeafColumn column, ParquetWriterOptions options)
    {
        var logical = column.Node.Logical;
        return column.Physical switch
        {
            PhysicalType.Boolean => new BooleanEncoder(options),
            PhysicalType.Int32 => new FixedEncoder<int>(options, sizeof(int), !logical.IsUnsigned),
            PhysicalType.Int64 => new FixedEncoder<long>(options, sizeof(long), !logical.IsUnsigned),
            PhysicalType.Float => new FixedEncoder<float>(options, sizeof(float), hasBounds: true),
            PhysicalType.Double => new FixedEncoder<double>(options, sizeof(double), hasBounds: true),
            PhysicalType.ByteArray => new BytesEncoder(options, logical.IsText),
            PhysicalType.FixedLenByteArray when logical.Kind == LogicalKind.Decimal && column.Node.TypeLength <= 16 =>
                new FixedEncoder<Int128>(options, column.Node.TypeLength, hasBounds: true),
            _ => throw new ArgumentException($"Column {column.Path} has a type that is not written: {column.Physical} ({logical.Kind})."),
        };
    }

    /// <summary>The encoder as one of the type that was <paramref name="given"/>.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public static TEncoder As<TEncoder>(ValueEncoder encoder, LeafColumn column, string given) where TEncoder : ValueEncoder =>
        encoder as TEncoder ?? throw new InvalidOperationException($"Column {column.Path} of {column.Physical} got values of another type: {given}.");

    /// <summary>Adds the values that are valid.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public static void Add<T>(ValueEncoder encoder, LeafColumn column, ReadOnlySpan<T> values, ReadOnlySpan<byte> validity) where T : unmanaged
    {
        if (encoder is FixedEncoder<int> narrow && typeof(T) == typeof(long)) AddNarrow(narrow, MemoryMarshal.Cast<T, long>(values), validity);
        else if (typeof(T) == typeof(byte)) As<BooleanEncoder>(encoder, column, "booleans").Add(MemoryMarshal.Cast<T, byte>(values), validity);
        else if (typeof(T) == typeof(int)) AddFixed<T, int>(encoder, column, values, validity);
        else if (typeof(T) == typeof(long)) AddFixed<T, long>(encoder, column, values, validity);
        else if (typeof(T) == typeof(float)) AddFixed<T, float>(encoder, column, values, validity);
        else if (typeof(T) == typeof(double)) AddFixed<T, double>(encoder, column, values, validity);
        else AddFixed<T, Int128>(encoder, column, values, validity);
    }

    /// <summary>Adds one value <paramref name="count"/> times.</summary>
    /// <exception cref="InvalidOperationException">The column is of another type.</exception>
    public static void AddRun<T>(ValueEncoder encoder, LeafColumn column, T value, int count) where T : unmanaged
    {
        if (encoder is FixedEncoder<int> narrow && typeof(T) == typeof(long)) narrow.AddRun((int)Unsafe.BitCast<T, long>(value), count);
        else if (typeof(T) == typeof(byte)) As<BooleanEncoder>(encoder, column, "booleans").AddRun(Unsafe.BitCast<T, byte>(value), count);
        else if (typeof(T) == typeof(int)) As<FixedEncoder<int>>(encoder, column, "int").AddRun(Unsafe.BitCast<T, int>(value), count);
        else if (typeof(T) == typeof(long)) As<FixedEncoder<long>>(encoder, column, "long").AddRun(Unsafe.BitCast<T, long>(value), count);
        else if (typeof(T) == typeof(float)) As<FixedEncoder<float>>(encoder, column, "float").AddRun(Unsafe.BitCast<T, float>(value), count);
        else if (typeof(T) == typeof(double)) As<FixedEncoder<double>>(encoder, column, "double").AddRun(Unsafe.BitCast<T, double>(value), count);
        else if (typeof(T) == typeof(Int128)) As<FixedEncoder<Int128>>(encoder, column, "Int128").AddRun(Unsafe.BitCast<T, Int128>(value), count);
        else throw Unknown<T>(column);
    }

    private static void AddFixed<T, TColumn>(ValueEncoder encoder, LeafColumn column, ReadOnlySpan<T> values, ReadOnlySpan<byte> validity)
        where T : unmanaged where TColumn : unmanaged, System.Numerics.INumber<TColumn>
    {
        if (typeof(T) != typeof(TColumn)) throw Unknown<T>(column);
        As<FixedEncoder<TColumn>>(encoder, column, typeof(T).Name).Add(MemoryMarshal.Cast<T, TColumn>(values), validity);
    }

    private static void AddNarrow(FixedEncoder<int> encoder, ReadOnlySpan<long> values, ReadOnlySpan<byte> validity)
    {
        Span<int> narrow = stackalloc int[ColumnWriter.StepRows];
        for (var i = 0; i < values.Length; i++) narrow[i] = (int)values[i];
        encoder.Add(narrow[..values.Length], validity);
    }

    private static InvalidOperationException Unknown<T>(LeafColumn column) => new($"Column {column.Path} of {column.Physical} got values of {typeof(T).Name}.");
}
