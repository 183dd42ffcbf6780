namespace Bayou.Sources;

/// <summary>What a source knows of one topic.</summary>
public sealed record TopicDescription
{
    /// <summary>The topic's name.</summary>
    public required string Topic { get; init; }

    /// <summary>Number of partitions.</summary>
    public required int Partitions { get; init; }

    /// <summary>The cluster's id, or null when the client cannot tell it.</summary>
    public string? ClusterId { get; init; }

    /// <summary>The topic's id, or null when the client cannot tell it.</summary>
    public string? TopicId { get; init; }
}
