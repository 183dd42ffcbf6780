namespace Orleans.Runtime;

/// <summary>On a grain's constructor parameter of type <see cref="IPersistentState{TState}"/>: which state it is.</summary>
/// <param name="stateName">The state's name, unique within the grain class.</param>
/// <param name="storageName">The name of the storage; null is the default storage.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute, IPersistentStateConfiguration
{
    /// <inheritdoc/>
    public string StateName { get; } = stateName;

    /// <inheritdoc/>
    public string? StorageName { get; } = storageName;
}
