namespace Bayou.Sinks.Delta;

/// <summary>A data file of a Delta table.</summary>
/// <param name="Path">The path within the table's folder.</param>
/// <param name="SizeBytes">The file's size.</param>
/// <param name="PartitionValues">The value of each partition column, as text; null is null.</param>
/// <param name="Statistics">Statistics as JSON text, or null.</param>
public sealed record DeltaDataFile(string Path, long SizeBytes, IReadOnlyDictionary<string, string?> PartitionValues, string? Statistics);
