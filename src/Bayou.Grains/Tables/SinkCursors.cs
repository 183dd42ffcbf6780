using Bayou.Sinks;

namespace Bayou.Grains.Tables;

/// <summary>What an <see cref="ISinkCursorGrain"/> keeps.</summary>
[GenerateSerializer, Immutable, Alias("bayou.SinkCursors")]
public sealed record SinkCursors
{
    /// <summary>The cursors and the definition that the sink is under.</summary>
    [Id(0)] public required SinkState State { get; init; }

    /// <summary>Id of the batch of the last change; null when there was none.</summary>
    [Id(1)] public string? LastBatch { get; init; }
}
