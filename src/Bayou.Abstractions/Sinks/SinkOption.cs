namespace Bayou.Sinks;

/// <summary>One option of a sink, for the check of the pipeline file, its JSON schema and the documentation.</summary>
public sealed record SinkOption
{
    /// <summary>The option's name in the pipeline file.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of value it takes.</summary>
    public required SinkOptionType Type { get; init; }

    /// <summary>True when it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Meaning, unit and default.</summary>
    public required string Description { get; init; }
}
