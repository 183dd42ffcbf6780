using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Configuring a client.</summary>
public static class ClientBuilderExtensions
{
    /// <summary>Registers services.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configureDelegate">Registers them.</param>
    public static IClientBuilder ConfigureServices(this IClientBuilder builder, Action<IServiceCollection> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(builder.Services);
        return builder;
    }

    /// <summary>Sets options.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="builder">The client.</param>
    /// <param name="configureOptions">Sets them.</param>
    public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, Action<TOptions> configureOptions)
        where TOptions : class
    {
        builder.Services.Configure(configureOptions);
        return builder;
    }

    /// <summary>Binds options to configuration.</summary>
    /// <typeparam name="TOptions">The options.</typeparam>
    /// <param name="builder">The client.</param>
    /// <param name="configuration">The configuration.</param>
    public static IClientBuilder Configure<TOptions>(this IClientBuilder builder, IConfiguration configuration)
        where TOptions : class
    {
        builder.Services.AddOptions<TOptions>().Bind(configuration);
        return builder;
    }

    /// <summary>Connects to the silo of this user whose gateway has the given port.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="gatewayPort">The gateway's port.</param>
    /// <param name="serviceId">The service, unless it is configured.</param>
    /// <param name="clusterId">The cluster, unless it is configured.</param>
    public static IClientBuilder UseLocalhostClustering(
        this IClientBuilder builder, int gatewayPort = 30000, string serviceId = "dev", string clusterId = "dev")
    {
        builder.Services.Configure<Bayou.GrainHost.GatewayClientOptions>(options => options.Port = gatewayPort);
        builder.Services.PostConfigure<ClusterOptions>(options => Bayou.GrainHost.ClusterDefaults.Fill(options, serviceId, clusterId));
        return builder;
    }
}
