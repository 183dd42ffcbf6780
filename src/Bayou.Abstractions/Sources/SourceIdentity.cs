namespace Bayou.Sources;

/// <summary>
/// Which cluster and topic a generation of cursors stands for. An id that was not known is null and is filled in when it is learnt; only a
/// known id that differs is another source.
/// </summary>
[GenerateSerializer, Immutable, Alias("bayou.SourceIdentity")]
public sealed record SourceIdentity
{
    /// <summary>The topic's name.</summary>
    [Id(0)] public required string Topic { get; init; }

    /// <summary>Counts the sources that have had this topic's name, from 1.</summary>
    [Id(1)] public int Generation { get; init; } = 1;

    /// <summary>The cluster's id, or null when the client cannot tell it.</summary>
    [Id(2)] public string? ClusterId { get; init; }

    /// <summary>The topic's id (a new one each time a topic is created), or null when the client cannot tell it.</summary>
    [Id(3)] public string? TopicId { get; init; }

    /// <summary>True unless an id that both know differs.</summary>
    public bool CouldBe(SourceIdentity other) => Same(ClusterId, other.ClusterId) && Same(TopicId, other.TopicId);

    private static bool Same(string? a, string? b) => a is null || b is null || a == b;
}
