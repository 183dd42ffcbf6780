namespace Bayou.Verification.Ledger;

/// <summary>What the ledger says of an offset that is not as it should be, or of which it cannot tell.</summary>
public enum Finding
{
    /// <summary>A rule names the table and its cursor is past the record, but there is neither a row nor a quarantined row.</summary>
    Lost = 0,

    /// <summary>More than one row, or a row and a quarantined row.</summary>
    Doubled = 1,

    /// <summary>A row that the rules do not put there, one in the table instead of the quarantine or the other way round, or one beyond the cursor.</summary>
    Wrong = 2,

    /// <summary>Cannot be told: the record is not in the topic any more (retention).</summary>
    Expired = 3,

    /// <summary>Cannot be told: what was found disagrees with the rules of now, and those of then are not known.</summary>
    RuleUnknown = 4,

    /// <summary>Cannot be told: a row whose record is not in the topic, though later ones are (compacted, or never committed).</summary>
    RecordGone = 5,
}
