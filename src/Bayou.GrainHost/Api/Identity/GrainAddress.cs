namespace Orleans.Runtime;

/// <summary>Where an activation is.</summary>
[Immutable]
public sealed class GrainAddress
{
    /// <summary>The grain.</summary>
    public GrainId GrainId { get; init; }

    /// <summary>The activation.</summary>
    public ActivationId ActivationId { get; init; }

    /// <summary>The silo.</summary>
    public SiloAddress? SiloAddress { get; init; }

    /// <summary>Grain, activation and silo, for logs.</summary>
    public override string ToString() => $"[{GrainId} {ActivationId} {SiloAddress}]";
}
