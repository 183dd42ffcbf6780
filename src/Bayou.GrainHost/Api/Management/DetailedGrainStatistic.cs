namespace Orleans.Runtime;

/// <summary>One activation in a silo.</summary>
[Immutable]
[GenerateSerializer]
public sealed class DetailedGrainStatistic
{
    /// <summary>The class and its assembly.</summary>
    [Id(0)]
    public string GrainType { get; init; } = string.Empty;

    /// <summary>The silo.</summary>
    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = null!;

    /// <summary>The grain.</summary>
    [Id(2)]
    public GrainId GrainId { get; init; }
}
