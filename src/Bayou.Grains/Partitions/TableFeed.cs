namespace Bayou.Grains.Partitions;

/// <summary>What a partition knows of one of its tables.</summary>
internal sealed class TableFeed(string table)
{
    public string Table { get; } = table;

    /// <summary>True while the partition feeds the table; otherwise a catch-up grain does.</summary>
    public bool IsLive { get; set; }

    /// <summary><c>Next</c> of the last slice that the table accepted: where the next slice begins.</summary>
    public long Accepted { get; set; }

    /// <summary>Every offset below is durable, as last heard.</summary>
    public long Durable { get; set; }

    /// <summary>The hint: no rows for this table in <c>[HintFrom, HintNext)</c>. From: <c>Next</c> of the last slice that was made for it.</summary>
    public long HintFrom { get; set; }

    /// <summary>The hint's end: how far was routed while the table was live.</summary>
    public long HintNext { get; set; }

    /// <summary>Since when it has been full, in time since the activation; null when it is not.</summary>
    public TimeSpan? FullSince { get; set; }

    /// <summary>When a slice was last made for it, in time since the activation.</summary>
    public TimeSpan LastSlice { get; set; }

    /// <summary>How often it fell behind by being slow.</summary>
    public int TimesBehind { get; set; }

    /// <summary>Until when it stays behind, in time since the activation.</summary>
    public TimeSpan BehindUntil { get; set; }

    /// <summary>Counts how often it fell behind for any reason; a catch-up of an earlier count is over.</summary>
    public int Episode { get; set; }

    /// <summary>How far catch-up has brought it, while it is behind; -1 when that is not known yet.</summary>
    public long Delivered { get; set; }

    /// <summary>Why it is behind; null while it is live.</summary>
    public string? Reason { get; set; }
}
