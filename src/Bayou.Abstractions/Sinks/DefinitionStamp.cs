namespace Bayou.Sinks;

/// <summary>Which version of the pipeline's definition a sink is under, as stored in the sink.</summary>
[GenerateSerializer, Immutable, Alias("bayou.DefinitionStamp")]
public sealed record DefinitionStamp
{
    /// <summary>The version whose writers may commit; while <see cref="To"/> is set, nobody but a take-over may.</summary>
    [Id(0)] public required int Version { get; init; }

    /// <summary>Fingerprint of that version's routes, tables, columns and types.</summary>
    [Id(1)] public required string Fingerprint { get; init; }

    /// <summary>The version that is taking over, or null.</summary>
    [Id(2)] public int? To { get; init; }

    /// <summary>Fingerprint of the version that is taking over, or null.</summary>
    [Id(3)] public string? ToFingerprint { get; init; }
}
