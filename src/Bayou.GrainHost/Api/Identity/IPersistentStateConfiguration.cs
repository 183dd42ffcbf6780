namespace Orleans.Runtime;

/// <summary>Which state a parameter stands for.</summary>
public interface IPersistentStateConfiguration
{
    /// <summary>The state's name.</summary>
    string StateName { get; }

    /// <summary>The storage's name; null is the default storage.</summary>
    string? StorageName { get; }
}
