namespace Bayou.Grains.Partitions;

/// <summary>
/// A fact about the source: it has no rows for a table in <c>[From, Next)</c>, under one version and generation. True however stale.
/// </summary>
[GenerateSerializer, Immutable, Alias("bayou.RowHint")]
public sealed record RowHint
{
    /// <summary>Start of the range.</summary>
    [Id(0)] public long From { get; init; }

    /// <summary>End of the range.</summary>
    [Id(1)] public long Next { get; init; }

    /// <summary>Where a table resumes whose sink holds <paramref name="cursor"/>: behind the range if it begins in it.</summary>
    public long Resume(long cursor) => From <= cursor && cursor <= Next ? Next : cursor;
}
