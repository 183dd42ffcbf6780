namespace Bayou.Simulation.Tests.Schedules;

/// <summary>Something that happens at a time. What the numbers choose (a table, a partition, a length) is up to the kind.</summary>
internal readonly record struct Event(TimeSpan At, EventKind Kind, int First, int Second);
