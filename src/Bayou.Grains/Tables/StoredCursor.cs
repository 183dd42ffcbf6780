namespace Bayou.Grains.Tables;

/// <summary>One cursor in a grain's state.</summary>
[GenerateSerializer, Immutable, Alias("bayou.StoredCursor")]
public sealed record StoredCursor
{
    /// <summary>The topic.</summary>
    [Id(0)] public required string Topic { get; init; }

    /// <summary>The partition's number.</summary>
    [Id(1)] public required int Partition { get; init; }

    /// <summary>The source's generation.</summary>
    [Id(2)] public required int Generation { get; init; }

    /// <summary>The next offset.</summary>
    [Id(3)] public required long Next { get; init; }
}
