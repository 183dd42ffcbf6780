namespace Bayou.Sinks.Delta;

/// <summary>A file of a checkpoint.</summary>
/// <param name="Version">The version that the checkpoint holds.</param>
/// <param name="Name">The file's name in the log's folder.</param>
/// <param name="Part">Which part this is, from 1; 0 for the v2 format, which has no numbered parts.</param>
/// <param name="Parts">How many parts there are; 0 for the v2 format.</param>
internal readonly record struct CheckpointName(long Version, string Name, int Part, int Parts);
