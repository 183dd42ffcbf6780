namespace Bayou.Parquet;

/// <summary>Takes the values of one leaf. Values are copied before a call returns.</summary>
public sealed class ColumnWriter
{
    internal ColumnWriter() { }

    /// <summary>The leaf.</summary>
    public LeafColumn Column => throw new NotImplementedException();

    /// <summary>Rows in the row group so far.</summary>
    public long Rows => throw new NotImplementedException();

    /// <summary>
    /// Appends rows to a flat column of fixed width: booleans as <see cref="byte"/> (0 or 1), <see cref="int"/>, <see cref="long"/>, <see cref="float"/>,
    /// <see cref="double"/>; decimals as <see cref="long"/> up to 18 digits (<see cref="int"/> is taken too where they are stored so) and as <see cref="Int128"/> above.
    /// </summary>
    /// <param name="values">One a row; what stands in the place of a null is ignored.</param>
    /// <param name="validity">One byte a row, 1 for a value and 0 for null; empty when there are no nulls.</param>
    /// <exception cref="InvalidOperationException">The column is not of that type, not flat, or required and there is a null.</exception>
    public void Append<T>(ReadOnlySpan<T> values, ReadOnlySpan<byte> validity = default) where T : unmanaged => throw new NotImplementedException();

    /// <summary>Appends the rows from <paramref name="firstRow"/> on to a flat column of bytes.</summary>
    /// <param name="ends">For each row, from row 0 on, where its value ends in <paramref name="data"/>; it begins where the one before ends.</param>
    /// <param name="data">The values, one after another.</param>
    /// <param name="validity">One byte a row, from row 0 on; empty when there are no nulls.</param>
    /// <param name="firstRow">Rows of <paramref name="ends"/> and <paramref name="validity"/> to leave out at the start.</param>
    /// <exception cref="InvalidOperationException">The column is not of bytes, not flat, or required and there is a null.</exception>
    public void AppendBytes(ReadOnlySpan<int> ends, ReadOnlySpan<byte> data, ReadOnlySpan<byte> validity = default, int firstRow = 0) => throw new NotImplementedException();

    /// <summary>Appends <paramref name="count"/> rows of one value of fixed width to a flat column.</summary>
    public void AppendConstant<T>(T value, int count) where T : unmanaged => throw new NotImplementedException();

    /// <summary>Appends <paramref name="count"/> rows of one value to a flat column of bytes.</summary>
    public void AppendConstantBytes(ReadOnlySpan<byte> value, int count) => throw new NotImplementedException();

    /// <summary>Appends <paramref name="count"/> nulls to a flat optional column.</summary>
    public void AppendNulls(int count) => throw new NotImplementedException();

    /// <summary>Appends a value of fixed width to any column, nested or flat.</summary>
    /// <param name="value">The value; its definition level is the column's highest.</param>
    /// <param name="repetition">0 when it begins a row, else the level of the node that it repeats.</param>
    public void AppendEntry<T>(T value, int repetition = 0) where T : unmanaged => throw new NotImplementedException();

    /// <summary>Appends a value of bytes to any column, nested or flat; likewise.</summary>
    public void AppendEntryBytes(ReadOnlySpan<byte> value, int repetition = 0) => throw new NotImplementedException();

    /// <summary>Appends an entry without a value to any column, nested or flat.</summary>
    /// <param name="definition">How many of the not required nodes on the way to the leaf are there, less than the column's highest.</param>
    /// <param name="repetition">0 when it begins a row, else the level of the node that it repeats.</param>
    public void AppendMissing(int definition, int repetition = 0) => throw new NotImplementedException();
}
