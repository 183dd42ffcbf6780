namespace Bayou.Verification.Reports;

/// <summary>One table in one partition.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Generation">The source's generation, from 1.</param>
/// <param name="NextOffset">The table's cursor; null while it has none.</param>
/// <param name="Counts">Its ledger.</param>
public sealed record CursorReport(string Topic, int Partition, int Generation, long? NextOffset, LedgerCounts Counts);
