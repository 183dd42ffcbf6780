using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Where a silo is found.</summary>
public static class CoreHostingExtensions
{
    /// <summary>Makes the silo reachable for clients of the same user on the same machine.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="siloPort">The silo's port; it only names the silo.</param>
    /// <param name="gatewayPort">The gateway's port; it names the local socket that clients connect to. 0: no gateway.</param>
    /// <param name="primarySiloEndpoint">Must be null or the silo's own: there is one silo.</param>
    /// <param name="serviceId">The service, unless it is configured.</param>
    /// <param name="clusterId">The cluster, unless it is configured.</param>
    /// <exception cref="NotSupportedException">Another silo is named.</exception>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = EndpointOptions.DEFAULT_SILO_PORT,
        int gatewayPort = EndpointOptions.DEFAULT_GATEWAY_PORT,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
    {
        if (primarySiloEndpoint is not null && primarySiloEndpoint.Port != siloPort)
            throw new NotSupportedException("The embedded grain host has one silo; clusters need the Microsoft Orleans packages.");
        builder.Services.Configure<EndpointOptions>(options =>
        {
            options.SiloPort = siloPort;
            options.GatewayPort = gatewayPort;
        });
        builder.Services.Configure<Bayou.GrainHost.GatewayServerOptions>(options => options.Enabled = gatewayPort != 0);
        builder.Services.PostConfigure<ClusterOptions>(options => Bayou.GrainHost.ClusterDefaults.Fill(options, serviceId, clusterId));
        return builder;
    }
}
