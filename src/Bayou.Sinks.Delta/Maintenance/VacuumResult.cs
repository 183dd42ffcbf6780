namespace Bayou.Sinks.Delta;

/// <summary>What a vacuum deleted, or would delete.</summary>
/// <param name="Version">The table's version that it went by.</param>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="KeptFiles">Files that no version of the table names, but that are younger than retention or were removed within it.</param>
/// <param name="Retention">The retention that was followed.</param>
public sealed record VacuumResult(long Version, int Files, long Bytes, int KeptFiles, TimeSpan Retention);
