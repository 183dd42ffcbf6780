namespace Bayou.Parquet;

/// <summary>What was written.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Rows">Rows in it.</param>
/// <param name="RowGroups">Row groups in it.</param>
/// <param name="Columns">Statistics over the whole file, one per leaf, in the order of <see cref="ParquetSchema.Leaves"/>.</param>
public sealed record ParquetFileInfo(long Bytes, long Rows, int RowGroups, IReadOnlyList<ColumnStatistics> Columns);
