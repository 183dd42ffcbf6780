namespace Bayou.Verification.Ledger;

/// <summary>Which offsets of one partition a table and its part of the quarantine were found to hold. Not safe for concurrent use.</summary>
public sealed class FoundRows
{
    /// <summary>Offsets with a row in the table.</summary>
    public OffsetSet Rows { get; } = new();

    /// <summary>Offsets with a row in the table's part of the quarantine.</summary>
    public OffsetSet Quarantined { get; } = new();

    /// <summary>Offsets whose row the table's destination refused, and keeps with the reason.</summary>
    public OffsetSet Refused { get; } = new();

    /// <summary>Offsets with more than one row in the table, or more than one in its part of the quarantine.</summary>
    public OffsetSet Doubled { get; } = new();

    /// <summary>Lowest offset added; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Lowest { get; private set; } = long.MaxValue;

    /// <summary>Notes a row of the table.</summary>
    public void AddRow(long offset) => Add(Rows, offset);

    /// <summary>Notes a row of the quarantine.</summary>
    public void AddQuarantined(long offset) => Add(Quarantined, offset);

    /// <summary>Notes a row that the table's destination refused.</summary>
    public void AddRefused(long offset) => Add(Refused, offset);

    private void Add(OffsetSet set, long offset)
    {
        Lowest = Math.Min(Lowest, offset);
        if (!set.Add(offset)) Doubled.Add(offset);
    }
}
