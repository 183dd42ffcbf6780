namespace Bayou.Parquet;

/// <summary>The decoded values of one column of one row group, with levels where the column has them.</summary>
public sealed class ColumnData
{
    internal ColumnData() { }

    /// <summary>The leaf.</summary>
    public LeafColumn Column => throw new NotImplementedException();

    /// <summary>Entries: values and what is missing. In a flat column, rows.</summary>
    public int Entries => throw new NotImplementedException();

    /// <summary>Values, not counting what is missing.</summary>
    public int ValueCount => throw new NotImplementedException();

    /// <summary>Definition level of each entry; empty when the highest level is 0.</summary>
    public ReadOnlySpan<byte> DefinitionLevels => throw new NotImplementedException();

    /// <summary>Repetition level of each entry; empty when the highest level is 0.</summary>
    public ReadOnlySpan<byte> RepetitionLevels => throw new NotImplementedException();

    /// <summary>
    /// The values that are there, one after another: booleans as <see cref="byte"/>, else the type of the physical type's width.
    /// </summary>
    /// <exception cref="InvalidOperationException">The type has not the width of the column's values.</exception>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged => throw new NotImplementedException();

    /// <summary>The bytes of the value at <paramref name="index"/>, from 0 to <see cref="ValueCount"/>, of any type.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => throw new NotImplementedException();

    /// <summary>The value at <paramref name="index"/> as UTF-8 text; invalid bytes become U+FFFD.</summary>
    public string Text(int index) => throw new NotImplementedException();

    /// <summary>The value at <paramref name="index"/> of a decimal of any physical type, unscaled.</summary>
    public Int128 Decimal(int index) => throw new NotImplementedException();

    /// <summary>One byte a entry, 1 for a value and 0 for none; empty when nothing is missing.</summary>
    public byte[] Validity() => throw new NotImplementedException();

    /// <summary>One value an entry, the default where it is missing.</summary>
    public T[] Dense<T>() where T : unmanaged => throw new NotImplementedException();

    /// <summary>For bytes of any length: where the value of each entry ends in <see cref="Data"/>; missing ones are empty.</summary>
    public int[] DenseEnds() => throw new NotImplementedException();

    /// <summary>The bytes of all values, one after another.</summary>
    public ReadOnlySpan<byte> Data => throw new NotImplementedException();

    /// <summary>Starts a walk over the entries in order.</summary>
    public ColumnCursor Cursor() => throw new NotImplementedException();
}
