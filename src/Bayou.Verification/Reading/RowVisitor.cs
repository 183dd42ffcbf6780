using Bayou.Sinks;

namespace Bayou.Verification.Reading;

/// <summary>Takes in where a row came from.</summary>
/// <param name="key">Partition and generation.</param>
/// <param name="offset">The record's offset.</param>
/// <param name="table">For a quarantine row the table whose row it would have become; null where no table was found, and for rows of tables.</param>
public delegate void RowVisitor(CursorKey key, long offset, string? table);
