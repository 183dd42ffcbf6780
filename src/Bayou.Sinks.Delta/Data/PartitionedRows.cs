namespace Bayou.Sinks.Delta;

/// <summary>Rows that go into the same folder.</summary>
/// <param name="Values">The value of each partition column, as text.</param>
/// <param name="Rows">The rows, block by block.</param>
internal sealed record PartitionedRows(IReadOnlyList<string?> Values, List<RowSelection> Rows);
