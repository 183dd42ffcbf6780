namespace Bayou.Simulation.Tests.World;

/// <summary>A row at a destination: the record that it is of, and the text that tells it (a row's id, the whole value in quarantine).</summary>
internal readonly record struct Row(int Partition, long Offset, string Text);
