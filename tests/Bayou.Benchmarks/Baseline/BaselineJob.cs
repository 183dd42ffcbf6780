namespace Bayou.Benchmarks.Baseline;

/// <summary>What the process that runs the baseline is told, as one line of its standard input.</summary>
/// <param name="File">The pipeline file, for its topic, tables, columns and folders.</param>
/// <param name="WarmUp">A pipeline file that is run before measuring.</param>
internal sealed record BaselineJob(string File, string WarmUp);
