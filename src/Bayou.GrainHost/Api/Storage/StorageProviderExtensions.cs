using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Providers;
using Orleans.Storage;

namespace Orleans.Runtime.Hosting;

/// <summary>Registering storages.</summary>
public static class StorageProviderExtensions
{
    /// <summary>Registers a storage; under the name "Default" it is the default storage too.</summary>
    /// <typeparam name="T">The storage. It may take part in the silo's lifecycle.</typeparam>
    /// <param name="collection">The services.</param>
    /// <param name="name">The storage's name.</param>
    /// <param name="implementationFactory">Makes the storage of the given name.</param>
    public static IServiceCollection AddGrainStorage<T>(
        this IServiceCollection collection, string name, Func<IServiceProvider, string, T> implementationFactory)
        where T : IGrainStorage
    {
        collection.AddKeyedSingleton<IGrainStorage>(name, (services, key) => implementationFactory(services, (string)key!));
        if (name == ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            collection.TryAddSingleton(services => services.GetRequiredKeyedService<IGrainStorage>(name));
        if (typeof(ILifecycleParticipant<ISiloLifecycle>).IsAssignableFrom(typeof(T)))
            collection.AddSingleton(services => (ILifecycleParticipant<ISiloLifecycle>)services.GetRequiredKeyedService<IGrainStorage>(name));
        return collection;
    }
}
