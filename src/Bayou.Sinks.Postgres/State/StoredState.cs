namespace Bayou.Sinks.Postgres;

/// <summary>What the server holds for an owner.</summary>
/// <param name="State">Definition, cursors and sources.</param>
/// <param name="Commits">Commits so far; 0 when the owner never committed.</param>
/// <param name="Recent">Ids of its last commits.</param>
internal sealed record StoredState(SinkState State, long Commits, string[] Recent);
