namespace Bayou.Parquet;

/// <summary>
/// Reads a Parquet file, column by column. Nothing in the file is trusted: whatever is wrong with it ends in a <see cref="ParquetException"/>. Not safe for
/// concurrent use.
/// </summary>
public sealed class ParquetReader : IDisposable
{
    /// <summary>Opens a file and reads its footer.</summary>
    /// <param name="source">A stream that can seek; it begins where the file begins. The reader does not close it.</param>
    /// <param name="name">Name of the file for messages.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="ParquetException">The file is not Parquet, is encrypted, or its footer is broken.</exception>
    public ParquetReader(Stream source, string name, ParquetReaderOptions? options = null) => throw new NotImplementedException();

    /// <summary>The schema.</summary>
    public ParquetSchema Schema => throw new NotImplementedException();

    /// <summary>Rows in the file.</summary>
    public long Rows => throw new NotImplementedException();

    /// <summary>The row groups.</summary>
    public IReadOnlyList<RowGroupInfo> RowGroups => throw new NotImplementedException();

    /// <summary>Key-value metadata; of a key that occurs twice, the last value; null values are left out.</summary>
    public IReadOnlyDictionary<string, string> KeyValues => throw new NotImplementedException();

    /// <summary>The application that wrote the file; null when it does not say.</summary>
    public string? CreatedBy => throw new NotImplementedException();

    /// <summary>Reads one column of one row group. Only its own bytes are read.</summary>
    /// <exception cref="ParquetException">The column is broken, over a limit, or of a codec or encoding that is not supported.</exception>
    public ColumnData ReadColumn(int rowGroup, LeafColumn column) => throw new NotImplementedException();

    /// <summary>Lets go of the reader's buffers.</summary>
    public void Dispose() => throw new NotImplementedException();
}
