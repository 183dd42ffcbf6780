namespace Bayou.Parquet;

/// <summary>What the footer says of a row group.</summary>
/// <param name="Rows">Rows in it.</param>
/// <param name="Columns">Its columns, in the order of <see cref="ParquetSchema.Leaves"/>.</param>
public sealed record RowGroupInfo(long Rows, IReadOnlyList<ColumnChunkInfo> Columns);
