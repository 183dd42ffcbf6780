namespace Orleans.TestingHost;

/// <summary>What differs from silo to silo of a test cluster.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    /// <summary>The silo's name.</summary>
    public string SiloName { get; set; } = string.Empty;

    /// <summary>The silo's port; it only names the silo.</summary>
    public int SiloPort { get; set; }

    /// <summary>The gateway's port; there is no gateway in a test cluster, its client calls directly.</summary>
    public int GatewayPort { get; set; }
}
