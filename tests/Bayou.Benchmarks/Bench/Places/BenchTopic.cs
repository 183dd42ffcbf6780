namespace Bayou.Benchmarks.Bench.Places;

/// <summary>A topic full of generated events.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Events">Events in it.</param>
/// <param name="Bytes">Bytes of their keys and values.</param>
/// <param name="Types">Event types; a pipeline has as many tables.</param>
/// <param name="SizeBytes">What each event is filled up to; 0 for not at all.</param>
/// <param name="Partitions">Partitions.</param>
internal sealed record BenchTopic(string Name, long Events, long Bytes, int Types, int SizeBytes, int Partitions);
