namespace Bayou.GrainHost;

/// <summary>Whether a silo has a gateway.</summary>
internal sealed class GatewayServerOptions
{
    /// <summary>Whether it listens.</summary>
    public bool Enabled { get; set; }
}
