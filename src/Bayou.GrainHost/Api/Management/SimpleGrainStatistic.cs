namespace Orleans.Runtime;

/// <summary>How many activations a grain class has in a silo.</summary>
[Immutable]
[GenerateSerializer]
public sealed class SimpleGrainStatistic
{
    /// <summary>The class and its assembly.</summary>
    [Id(0)]
    public string GrainType { get; init; } = string.Empty;

    /// <summary>The silo.</summary>
    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = null!;

    /// <summary>How many.</summary>
    [Id(2)]
    public int ActivationCount { get; init; }

    /// <summary>All of it, for logs.</summary>
    public override string ToString() => $"{GrainType} in {SiloAddress}: {ActivationCount}";
}
