using Bayou.Sinks;

namespace Bayou.Status;

/// <summary>How far a table is durable in one partition.</summary>
[GenerateSerializer, Immutable, Alias("bayou.CursorStatus")]
public sealed record CursorStatus
{
    /// <summary>Which cursor.</summary>
    [Id(0)] public required CursorKey Key { get; init; }

    /// <summary>Every offset below is durable.</summary>
    [Id(1)] public required long NextOffset { get; init; }

    /// <summary>Every offset below was accepted and is durable or in memory.</summary>
    [Id(2)] public required long AcceptedOffset { get; init; }

    /// <summary>True while the table is fed from its own cursor here.</summary>
    [Id(3)] public bool Behind { get; init; }
}
