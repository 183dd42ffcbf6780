using System.Net;

namespace Orleans.Configuration;

/// <summary>Where a silo is.</summary>
public class EndpointOptions
{
    /// <summary>The silo's port when none is set.</summary>
    public const int DEFAULT_SILO_PORT = 11111;

    /// <summary>The gateway's port when none is set.</summary>
    public const int DEFAULT_GATEWAY_PORT = 30000;

    /// <summary>The silo's address. Default: loopback.</summary>
    public IPAddress AdvertisedIPAddress { get; set; } = IPAddress.Loopback;

    /// <summary>The silo's port. It only names the silo here.</summary>
    public int SiloPort { get; set; } = DEFAULT_SILO_PORT;

    /// <summary>The gateway's port; 0: no gateway. It names the local socket that clients connect to.</summary>
    public int GatewayPort { get; set; } = DEFAULT_GATEWAY_PORT;
}
