using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Bayou.Parquet;

/// <summary>The decoded values of one column of one row group, with levels where the column has them.</summary>
public sealed class ColumnData
{
    private readonly byte[] _definitions;
    private readonly byte[] _repetitions;
    private readonly byte[] _data;
    private readonly int[] _ends;

    internal ColumnData(LeafColumn column, int entries, byte[] definitions, byte[] repetitions, byte[] data, int[] ends)
    {
        (Column, Entries) = (column, entries);
        (_definitions, _repetitions, _data, _ends) = (definitions, repetitions, data, ends);
    }

    /// <summary>The leaf.</summary>
    public LeafColumn Column { get; }

    /// <summary>Entries: values and what is missing. In a flat column, rows.</summary>
    public int Entries { get; }

    /// <summary>Values, not counting what is missing.</summary>
    public int ValueCount => Column.Width == 0 ? _ends.Length : _data.Length / Column.Width;

    /// <summary>Definition level of each entry; empty when the highest level is 0.</summary>
    public ReadOnlySpan<byte> DefinitionLevels => _definitions;

    /// <summary>Repetition level of each entry; empty when the highest level is 0.</summary>
    public ReadOnlySpan<byte> RepetitionLevels => _repetitions;

    /// <summary>The bytes of all values, one after another.</summary>
    public ReadOnlySpan<byte> Data => _data;

    /// <summary>
    /// The values that are there, one after another: booleans as <see cref="byte"/>, else the type of the physical type's width.
    /// </summary>
    /// <exception cref="InvalidOperationException">The type has not the width of the column's values.</exception>
    public unsafe ReadOnlySpan<T> Values<T>() where T : unmanaged => sizeof(T) == Column.Width
        ? MemoryMarshal.Cast<byte, T>(_data)
        : throw new InvalidOperationException($"Column {Column.Path} has values of {Column.Physical}, not {typeof(T).Name}.");

    /// <summary>The bytes of the value at <paramref name="index"/>, from 0 to <see cref="ValueCount"/>, of any type.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => Column.Width == 0
        ? _data.AsSpan((index == 0 ? 0 : _ends[index - 1]).._ends[index])
        : _data.AsSpan(index * Column.Width, Column.Width);

    /// <summary>The value at <paramref name="index"/> as UTF-8 text; invalid bytes become U+FFFD.</summary>
    public string Text(int index) => System.Text.Encoding.UTF8.GetString(Bytes(index));

    /// <summary>The value at <paramref name="index"/> of a decimal of any physical type, unscaled.</summary>
    /// <exception cref="InvalidOperationException">The column is of a type that decimals do not have, or the value does not fit.</exception>
    public Int128 Decimal(int index)
    {
        var bytes = Bytes(index);
        return Column.Physical switch
        {
            PhysicalType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
            PhysicalType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            PhysicalType.ByteArray or PhysicalType.FixedLenByteArray when bytes.Length <= 16 => BigEndian.Read(bytes),
            _ => throw new InvalidOperationException($"Column {Column.Path} holds no decimals that fit 128 bits."),
        };
    }

    /// <summary>One byte an entry, 1 for a value and 0 for none; empty when nothing is missing.</summary>
    public byte[] Validity()
    {
        if (ValueCount == Entries) return [];
        var validity = new byte[Entries];
        for (var i = 0; i < validity.Length; i++) validity[i] = _definitions[i] == Column.MaxDefinitionLevel ? (byte)1 : (byte)0;
        return validity;
    }

    /// <summary>One value an entry, the default where it is missing.</summary>
    public T[] Dense<T>() where T : unmanaged
    {
        var values = Values<T>();
        if (values.Length == Entries) return values.ToArray();
        var dense = new T[Entries];
        var next = 0;
        for (var i = 0; i < dense.Length; i++)
            if (_definitions[i] == Column.MaxDefinitionLevel) dense[i] = values[next++];
        return dense;
    }

    /// <summary>For bytes of any length: where the value of each entry ends in <see cref="Data"/>; missing ones are empty.</summary>
    /// <exception cref="InvalidOperationException">The column's values have a fixed width.</exception>
    public int[] DenseEnds()
    {
        if (Column.Width != 0) throw new InvalidOperationException($"Column {Column.Path} has values of {Column.Physical}, not bytes of any length.");
        if (_ends.Length == Entries) return [.. _ends];
        var dense = new int[Entries];
        var (next, end) = (0, 0);
        for (var i = 0; i < dense.Length; i++)
        {
            if (_definitions[i] == Column.MaxDefinitionLevel) end = _ends[next++];
            dense[i] = end;
        }

        return dense;
    }

    /// <summary>Starts a walk over the entries in order.</summary>
    public ColumnCursor Cursor() => new(this);
}
