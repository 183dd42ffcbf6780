using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>Registers a client, once for each host.</summary>
internal sealed class ClientBuilder(IServiceCollection services, IConfiguration configuration) : IClientBuilder
{
    public IServiceCollection Services => services;

    public IConfiguration Configuration => configuration;

    public static ClientBuilder Add(IServiceCollection services, IConfiguration? configuration)
    {
        if (services.FirstOrDefault(one => one.ServiceType == typeof(ClientBuilder))?.ImplementationInstance is ClientBuilder existing) return existing;
        if (services.Any(one => one.ServiceType == typeof(SiloBuilder)))
            throw new OrleansConfigurationException("A host has a silo or a client, not both: a silo's own IClusterClient serves.");
        var builder = new ClientBuilder(services, configuration ?? new ConfigurationBuilder().Build());
        services.AddSingleton(builder);
        services.AddLogging();
        services.AddOptions();
        services.TryAddSingleton(TimeProvider.System);
        if (services.Any(one => one.ServiceType == typeof(TestClusterLink)))
        {
            services.TryAddSingleton<LinkedClient>();
            services.TryAddSingleton<CallRuntime>(provider => provider.GetRequiredService<LinkedClient>());
        }
        else
        {
            services.TryAddSingleton<GatewayClient>();
            services.TryAddSingleton<CallRuntime>(provider => provider.GetRequiredService<GatewayClient>());
            services.AddHostedService(provider => provider.GetRequiredService<GatewayClient>());
        }

        services.TryAddSingleton<IClusterClient>(provider => provider.GetRequiredService<CallRuntime>());
        services.TryAddSingleton<IGrainFactory>(provider => provider.GetRequiredService<CallRuntime>());
        return builder;
    }
}
