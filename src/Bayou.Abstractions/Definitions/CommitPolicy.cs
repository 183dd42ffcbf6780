namespace Bayou.Definitions;

/// <summary>When a table commits the rows it has accepted: at whichever bound is reached first.</summary>
[GenerateSerializer, Immutable, Alias("bayou.CommitPolicy")]
public sealed record CommitPolicy
{
    /// <summary>Longest time from the first accepted row to the commit. 1 s unless said otherwise; 10 ms to 1 h. Small values make many small files.</summary>
    [Id(0)] public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Rows at which a commit starts at once. 500,000 unless said otherwise; at least 1.</summary>
    [Id(1)] public long Rows { get; init; } = 500_000;

    /// <summary>Bytes of accepted slices at which a commit starts at once. 64 MiB unless said otherwise; at least 1 MiB.</summary>
    [Id(2)] public long Bytes { get; init; } = 64 << 20;
}
