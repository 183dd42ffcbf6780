namespace Bayou.Pipelines;

/// <summary>What starting a pipeline came to.</summary>
[GenerateSerializer, Immutable, Alias("bayou.StartResult")]
public sealed record StartResult
{
    /// <summary>The version of the definition that is in force or being taken over.</summary>
    [Id(0)] public required int Version { get; init; }

    /// <summary>True when the definition given became a new version.</summary>
    [Id(1)] public bool NewVersion { get; init; }

    /// <summary>True when the pipeline is paused and stays so.</summary>
    [Id(2)] public bool Paused { get; init; }

    /// <summary>Tables that are paused and stay so.</summary>
    [Id(3)] public string[] PausedTables { get; init; } = [];
}
