namespace Bayou.Sinks.Delta;

/// <summary>The rows of one row group, in the columns that were asked for and in that order.</summary>
/// <param name="File">The file that they are in.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Columns">The columns.</param>
public sealed record DeltaRows(DeltaDataFile File, int Count, IReadOnlyList<DeltaValues> Columns);
