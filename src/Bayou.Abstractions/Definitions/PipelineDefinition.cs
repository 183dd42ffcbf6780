namespace Bayou.Definitions;

/// <summary>A whole pipeline as its file describes it: immutable, with every default filled in and every path absolute.</summary>
[GenerateSerializer, Immutable, Alias("bayou.PipelineDefinition")]
public sealed record PipelineDefinition
{
    /// <summary>The pipeline's name: part of every cursor's identity. Same characters as a table's name.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Where events come from.</summary>
    [Id(1)] public required SourceDefinition Source { get; init; }

    /// <summary>How a table is chosen.</summary>
    [Id(2)] public required RouteDefinition Route { get; init; }

    /// <summary>Sink of the quarantine, where records that cannot become rows are kept whole.</summary>
    [Id(3)] public required SinkDefinition Quarantine { get; init; }

    /// <summary>The tables, in file order. At least one.</summary>
    [Id(4)] public required TableDefinition[] Tables { get; init; }

    /// <summary>The name this pipeline had before, when it was renamed.</summary>
    [Id(5)] public string? PreviousName { get; init; }
}
