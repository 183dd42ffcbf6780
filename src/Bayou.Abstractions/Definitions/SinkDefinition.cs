namespace Bayou.Definitions;

/// <summary>Which sink a table has, by the name it is registered under, and that sink's options.</summary>
[GenerateSerializer, Immutable, Alias("bayou.SinkDefinition")]
public sealed record SinkDefinition
{
    /// <summary>The registered kind of sink, for example <c>delta</c>.</summary>
    [Id(0)] public required string Kind { get; init; }

    /// <summary>
    /// The sink's options as strings. A list becomes <c>name:0</c>, <c>name:1</c>, and so on; paths are absolute.
    /// Secret values are among them: print them only through <see cref="Redaction"/>.
    /// </summary>
    [Id(1)] public required Dictionary<string, string> Options { get; init; }
}
