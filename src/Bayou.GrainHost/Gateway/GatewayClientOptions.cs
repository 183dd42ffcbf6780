namespace Bayou.GrainHost;

/// <summary>Which gateway a client connects to.</summary>
internal sealed class GatewayClientOptions
{
    /// <summary>The gateway's port.</summary>
    public int Port { get; set; } = Orleans.Configuration.EndpointOptions.DEFAULT_GATEWAY_PORT;
}
