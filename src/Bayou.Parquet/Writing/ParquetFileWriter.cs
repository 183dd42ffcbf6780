namespace Bayou.Parquet;

/// <summary>
/// Writes Parquet files of one schema, one after another, with the same buffers. Not safe for concurrent use. For each file: <see cref="Begin"/>, append
/// to <see cref="Columns"/>, <see cref="EndRowGroup"/> as often as wished, <see cref="Finish"/>.
/// </summary>
public sealed class ParquetFileWriter : IDisposable
{
    /// <summary>A writer of files of <paramref name="schema"/>.</summary>
    /// <exception cref="ArgumentException">The schema has no leaves, or a leaf of a type that is not written.</exception>
    public ParquetFileWriter(ParquetSchema schema, ParquetWriterOptions? options = null) => throw new NotImplementedException();

    /// <summary>The schema.</summary>
    public ParquetSchema Schema => throw new NotImplementedException();

    /// <summary>The columns, in the order of <see cref="ParquetSchema.Leaves"/>. Before a row group ends, all must have the same number of rows.</summary>
    public ReadOnlySpan<ColumnWriter> Columns => throw new NotImplementedException();

    /// <summary>Rows in the row group so far, by its first column.</summary>
    public long RowGroupRows => throw new NotImplementedException();

    /// <summary>Bytes that the row group takes in memory so far, about: compressed pages and those that are being filled.</summary>
    public long RowGroupBytes => throw new NotImplementedException();

    /// <summary>Bytes of the file so far: row groups that have ended.</summary>
    public long FileBytes => throw new NotImplementedException();

    /// <summary>Starts a file, discarding one that was not finished. The stream is written from its current position and neither flushed nor closed.</summary>
    public void Begin(Stream destination) => throw new NotImplementedException();

    /// <summary>Writes what was appended as a row group; nothing when there are no rows.</summary>
    /// <exception cref="InvalidOperationException">The columns have different numbers of rows.</exception>
    public void EndRowGroup() => throw new NotImplementedException();

    /// <summary>Ends the last row group and writes the footer.</summary>
    /// <param name="keyValues">Key-value metadata for the footer.</param>
    public ParquetFileInfo Finish(IReadOnlyDictionary<string, string>? keyValues = null) => throw new NotImplementedException();

    /// <summary>Returns the buffers to their pool.</summary>
    public void Dispose() => throw new NotImplementedException();
}
