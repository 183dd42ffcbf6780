namespace Orleans.Serialization.Invocation;

/// <summary>Holds what a call is made on.</summary>
public interface ITargetHolder
{
    /// <summary>What the call is made on; null when there is none yet.</summary>
    object? GetTarget();

    /// <summary>A part of the holder; null when it has none of that type.</summary>
    /// <param name="componentType">The part's type.</param>
    object? GetComponent(Type componentType);
}
