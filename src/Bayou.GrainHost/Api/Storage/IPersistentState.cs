using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A state of a grain, given to its constructor and read before it is activated.</summary>
/// <typeparam name="TState">The value's type.</typeparam>
public interface IPersistentState<TState> : IStorage<TState>;
