using Bayou.Sources;

namespace Bayou.Cli.Sampling;

/// <summary>A record that was read and what would become of it.</summary>
/// <param name="Source">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Key">Its key; null when it has none.</param>
/// <param name="Value">Its value; null for a tombstone.</param>
/// <param name="Outcomes">What the tables get of it; empty when it is filtered.</param>
internal sealed record SampledRecord(TopicPartition Source, long Offset, byte[]? Key, byte[]? Value, SampledOutcome[] Outcomes);
