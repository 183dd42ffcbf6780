using Orleans.Runtime;

namespace Orleans;

/// <summary>Makes references to grains. That needs no communication: every grain exists as soon as it is named.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain with the given key.</summary>
    /// <typeparam name="TGrainInterface">The grain interface.</typeparam>
    /// <param name="primaryKey">The key.</param>
    /// <param name="grainClassNamePrefix">The start of the grain class' full name, where several classes implement the interface.</param>
    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey;

    /// <inheritdoc cref="GetGrain{TGrainInterface}(Guid, string)"/>
    TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey;

    /// <inheritdoc cref="GetGrain{TGrainInterface}(Guid, string)"/>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>A reference to the grain with the given key.</summary>
    /// <param name="grainInterfaceType">The grain interface.</param>
    /// <param name="grainPrimaryKey">The key.</param>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    /// <summary>A reference to the grain with the given identity.</summary>
    /// <typeparam name="TGrainInterface">The grain interface.</typeparam>
    /// <param name="grainId">The identity.</param>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;
}
