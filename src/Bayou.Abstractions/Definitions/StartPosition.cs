namespace Bayou.Definitions;

/// <summary>Where reading starts. Resolved to offsets once per partition, and stored.</summary>
[GenerateSerializer, Immutable, Alias("bayou.StartPosition")]
public sealed record StartPosition
{
    /// <summary>How the start is given.</summary>
    [Id(0)] public StartKind Kind { get; init; }

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z, for <see cref="StartKind.Timestamp"/>.</summary>
    [Id(1)] public long TimestampMilliseconds { get; init; }

    /// <summary>Next offset by <c>topic/partition</c>, for <see cref="StartKind.Offsets"/>.</summary>
    [Id(2)] public Dictionary<string, long> Offsets { get; init; } = [];
}
