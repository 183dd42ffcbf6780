namespace Orleans.Configuration;

/// <summary>When idle activations are collected.</summary>
public class GrainCollectionOptions
{
    /// <summary>How long an activation is idle before it is collected. Default 15 minutes; more than the quantum.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for. Default 1 minute.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Other ages, by the full name of the grain class.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

    /// <summary>How long activating may take. Default 30 s; then waiting callers get a time-out.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long deactivating may take. Default 30 s; then the activation goes as it is.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
