namespace Bayou.Cli.Quarantine;

/// <summary>A record in the quarantine.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="Reason">Why it is here.</param>
/// <param name="Table">The table that it was meant for; null when none was found.</param>
/// <param name="Key">The record's key, or null.</param>
/// <param name="Value">The record's value, or null.</param>
internal sealed record QuarantineRow(string Topic, int Partition, long Offset, string Reason, string? Table, byte[]? Key, byte[]? Value);
