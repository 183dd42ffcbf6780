namespace Bayou.Simulation.Tests.World;

/// <summary>What becomes of a record: a row of a table, or a bad row of it in quarantine.</summary>
internal readonly record struct Outcome(string Table, bool IsBad);
