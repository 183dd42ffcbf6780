using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Keeps the states of grains. Registered as a keyed service under the storage's name.</summary>
public interface IGrainStorage
{
    /// <summary>Reads a state. Nothing stored: a new value, no ETag, <see cref="IGrainState{T}.RecordExists"/> false.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">Receives what is read.</param>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Writes a state, if what is stored has the ETag given; sets the new ETag.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">What to write.</param>
    /// <exception cref="InconsistentStateException">The ETag is another.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Removes a state, if what is stored has the ETag given.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="stateName">The state's name.</param>
    /// <param name="grainId">The grain.</param>
    /// <param name="grainState">Gets a new value and no ETag.</param>
    /// <exception cref="InconsistentStateException">The ETag is another.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
}
