using Bayou.Sources;

namespace Bayou.Sinks;

/// <summary>What a transactional sink holds for one table: its answer outranks grain state.</summary>
[GenerateSerializer, Immutable, Alias("bayou.SinkState")]
public sealed record SinkState
{
    /// <summary>The definition that the sink is under, or null when this table never committed to it.</summary>
    [Id(0)] public DefinitionStamp? Definition { get; init; }

    /// <summary>The next offset by cursor.</summary>
    [Id(1)] public required Dictionary<CursorKey, long> Cursors { get; init; }

    /// <summary>The sources that the cursors stand for.</summary>
    [Id(2)] public SourceIdentity[] Sources { get; init; } = [];

    /// <summary>The others that keep cursors in the same destination, each as <c>pipeline/table</c>, ordered.</summary>
    [Id(3)] public string[] OtherOwners { get; init; } = [];
}
