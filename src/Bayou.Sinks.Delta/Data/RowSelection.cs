namespace Bayou.Sinks.Delta;

/// <summary>Some rows of one block: a run from <see cref="First"/> on, or those that <see cref="Indexes"/> lists.</summary>
/// <param name="Range">The block.</param>
/// <param name="First">First row of the run.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Indexes">The rows, ascending; null for a run.</param>
internal readonly record struct RowSelection(RowBlockRange Range, int First, int Count, int[]? Indexes);
