using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;

namespace Bayou.GrainHost;

/// <summary>Registers a silo, once for each host.</summary>
internal sealed class SiloBuilder(IServiceCollection services, IConfiguration configuration) : ISiloBuilder
{
    public IServiceCollection Services => services;

    public IConfiguration Configuration => configuration;

    public static SiloBuilder Add(IServiceCollection services, IConfiguration? configuration)
    {
        if (services.FirstOrDefault(one => one.ServiceType == typeof(SiloBuilder))?.ImplementationInstance is SiloBuilder existing) return existing;
        if (services.Any(one => one.ServiceType == typeof(ClientBuilder)))
            throw new OrleansConfigurationException("A host has a silo or a client, not both: a silo's own IClusterClient serves.");
        var builder = new SiloBuilder(services, configuration ?? new ConfigurationBuilder().Build());
        services.AddSingleton(builder);
        services.AddLogging();
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SiloRuntime>();
        services.TryAddSingleton<ILocalSiloDetails>(provider => provider.GetRequiredService<SiloRuntime>());
        services.TryAddSingleton<IClusterClient>(provider => provider.GetRequiredService<SiloRuntime>());
        services.TryAddSingleton<IGrainFactory>(provider => provider.GetRequiredService<SiloRuntime>());
        services.TryAddSingleton<SiloLifecycle>();
        services.TryAddSingleton<ISiloLifecycle>(provider => provider.GetRequiredService<SiloLifecycle>());
        services.TryAddSingleton<ITimerRegistry, TimerRegistry>();
        services.TryAddSingleton<IGrainRuntime, GrainRuntime>();
        services.TryAddSingleton<IPersistentStateFactory, PersistentStateFactory>();
        services.TryAddSingleton<GatewayServer>();
        services.AddHostedService<SiloHostedService>();
        return builder;
    }
}
