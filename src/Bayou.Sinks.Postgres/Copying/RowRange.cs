namespace Bayou.Sinks.Postgres;

/// <summary>Some rows of a block.</summary>
/// <param name="Source">The block.</param>
/// <param name="First">Index of the first row.</param>
/// <param name="Count">Number of rows.</param>
internal readonly record struct RowRange(RowBlockRange Source, int First, int Count)
{
    /// <summary>All rows of a block that are to be written.</summary>
    public static RowRange Of(RowBlockRange source) => new(source, source.FirstRow, source.Rows);

    /// <summary>Rows of this range, counted from its beginning.</summary>
    public RowRange Slice(int start, int count) => new(Source, First + start, count);
}
