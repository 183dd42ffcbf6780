namespace Orleans.Runtime;

/// <summary>Makes the states that grain constructors ask for.</summary>
public interface IPersistentStateFactory
{
    /// <summary>Makes a state of the activation.</summary>
    /// <typeparam name="TState">The value's type.</typeparam>
    /// <param name="context">The activation.</param>
    /// <param name="config">Which state.</param>
    /// <exception cref="Storage.BadProviderConfigException">There is no such storage.</exception>
    IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config);
}
