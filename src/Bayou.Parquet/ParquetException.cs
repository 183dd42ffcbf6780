namespace Bayou.Parquet;

/// <summary>A file is not valid Parquet, or uses a part of the format that is not supported. The message names file, column and position where known.</summary>
public sealed class ParquetException : IOException
{
    /// <summary>For a problem told by <paramref name="message"/>.</summary>
    public ParquetException(string message) : base(message) { }

    /// <summary>For a problem told by <paramref name="message"/> that another exception brought up.</summary>
    public ParquetException(string message, Exception inner) : base(message, inner) { }

    /// <summary>Without a message.</summary>
    public ParquetException() { }
}
