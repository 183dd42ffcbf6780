using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace Orleans.Hosting;

/// <summary>Storage that lasts as long as the silo.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    /// <summary>Adds a storage in memory.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The storage's name.</param>
    /// <param name="configureOptions">Sets options.</param>
    public static ISiloBuilder AddMemoryGrainStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null)
    {
        configureOptions?.Invoke(builder.Services.AddOptions<MemoryGrainStorageOptions>(name));
        builder.Services.AddGrainStorage(name, static (services, _) => ActivatorUtilities.CreateInstance<Bayou.GrainHost.MemoryGrainStorage>(services));
        return builder;
    }

    /// <inheritdoc cref="AddMemoryGrainStorage(ISiloBuilder, string, Action{OptionsBuilder{MemoryGrainStorageOptions}})"/>
    public static ISiloBuilder AddMemoryGrainStorage(
        this ISiloBuilder builder, string name, Action<MemoryGrainStorageOptions> configureOptions) =>
        builder.AddMemoryGrainStorage(name, options => options.Configure(configureOptions));

    /// <summary>Adds a storage in memory as the default one.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configureOptions">Sets options.</param>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(
        this ISiloBuilder builder, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null) =>
        builder.AddMemoryGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);

    /// <inheritdoc cref="AddMemoryGrainStorageAsDefault(ISiloBuilder, Action{OptionsBuilder{MemoryGrainStorageOptions}})"/>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(
        this ISiloBuilder builder, Action<MemoryGrainStorageOptions> configureOptions) =>
        builder.AddMemoryGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, configureOptions);
}
