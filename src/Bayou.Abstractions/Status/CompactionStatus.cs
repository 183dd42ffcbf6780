namespace Bayou.Status;

/// <summary>What the compaction of one table has done. Counters count since the table was activated.</summary>
[GenerateSerializer, Immutable, Alias("bayou.CompactionStatus")]
public sealed record CompactionStatus
{
    /// <summary>Runs that came to their end, whether there was anything to merge or not.</summary>
    [Id(0)] public long Runs { get; init; }

    /// <summary>Small files that were replaced.</summary>
    [Id(1)] public long FilesBefore { get; init; }

    /// <summary>Files that replaced them.</summary>
    [Id(2)] public long FilesAfter { get; init; }

    /// <summary>Merges given up because another writer took one of the files or changed the table.</summary>
    [Id(3)] public long Conflicts { get; init; }

    /// <summary>Runs that failed. The small files are still there, and a later run tries again.</summary>
    [Id(4)] public long Failures { get; init; }

    /// <summary>Why the last run failed; null once one succeeded.</summary>
    [Id(5)] public string? LastFailure { get; init; }

    /// <summary>True while a run is under way or waits for another table's.</summary>
    [Id(6)] public bool IsRunning { get; init; }
}
