using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>Options of a test cluster.</summary>
public sealed class InProcessTestClusterOptions
{
    /// <summary>The cluster's id.</summary>
    public string ClusterId { get; set; } = string.Empty;

    /// <summary>The service's id.</summary>
    public string ServiceId { get; set; } = string.Empty;

    /// <summary>How many silos are started first. The embedded host has one.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>Whether the client is started with the cluster. Default: so.</summary>
    public bool InitializeClientOnDeploy { get; set; } = true;

    /// <summary>Accepted; there is no log file.</summary>
    public bool ConfigureFileLogging { get; set; } = true;

    /// <summary>Configure each silo's host.</summary>
    public List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> SiloHostConfigurationDelegates { get; } = [];

    /// <summary>Configure the client's host.</summary>
    public List<Action<IHostApplicationBuilder>> ClientHostConfigurationDelegates { get; } = [];
}
