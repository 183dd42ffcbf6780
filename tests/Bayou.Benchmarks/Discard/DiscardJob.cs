namespace Bayou.Benchmarks.Discard;

/// <summary>What one run is told, by its standard input: properties may be secrets, which a command line would show.</summary>
/// <param name="Client">Which client reads.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Properties">The client's properties, the address among them.</param>
/// <param name="Bounds">Low and high watermark of each partition; this is what is read.</param>
/// <param name="WarmUps">Times to read before measuring.</param>
internal sealed record DiscardJob(string Client, string Topic, Dictionary<string, string> Properties, PartitionBounds[] Bounds, int WarmUps);
