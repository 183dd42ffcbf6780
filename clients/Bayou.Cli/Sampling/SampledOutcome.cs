namespace Bayou.Cli.Sampling;

/// <summary>What one table gets of a sampled record: a row, or a record in its quarantine.</summary>
/// <param name="Table">The table; null when no table takes the record and it goes to the quarantine's own.</param>
/// <param name="Row">The values of the row; null when it is quarantined.</param>
/// <param name="Reason">Why it is quarantined; null when it becomes a row.</param>
internal sealed record SampledOutcome(string? Table, SampledValue[]? Row, string? Reason);
