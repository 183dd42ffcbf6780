namespace Orleans.Core;

/// <summary>A state of a grain.</summary>
/// <typeparam name="TState">The value's type.</typeparam>
public interface IStorage<TState> : IStorage
{
    /// <summary>The value in memory.</summary>
    TState State { get; set; }
}
