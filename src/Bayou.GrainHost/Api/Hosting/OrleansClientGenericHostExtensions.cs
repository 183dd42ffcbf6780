using Bayou.GrainHost;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adding a client to a host that has no silo. Several calls configure the same client.</summary>
public static class OrleansClientGenericHostExtensions
{
    /// <summary>Adds a client.</summary>
    /// <param name="hostAppBuilder">The host.</param>
    public static IHostApplicationBuilder UseOrleansClient(this IHostApplicationBuilder hostAppBuilder) =>
        hostAppBuilder.UseOrleansClient(static _ => { });

    /// <summary>Adds a client.</summary>
    /// <param name="hostAppBuilder">The host.</param>
    public static HostApplicationBuilder UseOrleansClient(this HostApplicationBuilder hostAppBuilder) =>
        hostAppBuilder.UseOrleansClient(static _ => { });

    /// <summary>Adds a client.</summary>
    /// <param name="hostAppBuilder">The host.</param>
    /// <param name="configureDelegate">Configures the client; runs at once.</param>
    public static IHostApplicationBuilder UseOrleansClient(
        this IHostApplicationBuilder hostAppBuilder, Action<IClientBuilder> configureDelegate)
    {
        configureDelegate(ClientBuilder.Add(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    /// <summary>Adds a client.</summary>
    /// <param name="hostAppBuilder">The host.</param>
    /// <param name="configureDelegate">Configures the client; runs at once.</param>
    public static HostApplicationBuilder UseOrleansClient(
        this HostApplicationBuilder hostAppBuilder, Action<IClientBuilder> configureDelegate)
    {
        configureDelegate(ClientBuilder.Add(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    /// <summary>Adds a client.</summary>
    /// <param name="hostBuilder">The host.</param>
    /// <param name="configureDelegate">Configures the client.</param>
    public static IHostBuilder UseOrleansClient(this IHostBuilder hostBuilder, Action<IClientBuilder> configureDelegate) =>
        hostBuilder.UseOrleansClient((_, builder) => configureDelegate(builder));

    /// <summary>Adds a client.</summary>
    /// <param name="hostBuilder">The host.</param>
    /// <param name="configureDelegate">Configures the client.</param>
    public static IHostBuilder UseOrleansClient(
        this IHostBuilder hostBuilder, Action<HostBuilderContext, IClientBuilder> configureDelegate) =>
        hostBuilder.ConfigureServices((context, services) =>
            configureDelegate(context, ClientBuilder.Add(services, context.Configuration)));

    /// <summary>Adds a client.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configureDelegate">Configures the client.</param>
    public static IServiceCollection AddOrleansClient(this IServiceCollection services, Action<IClientBuilder> configureDelegate)
    {
        configureDelegate(ClientBuilder.Add(services, null));
        return services;
    }
}
