namespace Bayou.Silo;

/// <summary>Settings of a silo, section <c>Bayou:Silo</c>.</summary>
public sealed class SiloSettings
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Bayou:Silo";

    /// <summary>Folder of grain storage, the lock and <c>silo.json</c>; one process at a time can use it. Default <c>.bayou/silo</c>.</summary>
    public string State { get; set; } = Path.Combine(".bayou", "silo");

    /// <summary>TCP port between silos, 0 to 65535. 0, the default, takes a free one.</summary>
    public int SiloPort { get; set; }

    /// <summary>TCP port for clients, 0 to 65535. 0, the default, takes a free one. It is written into <c>silo.json</c>.</summary>
    public int GatewayPort { get; set; }

    /// <summary>The cluster's id. Clients and silos find each other only under the same one. Default <c>bayou</c>.</summary>
    public string ClusterId { get; set; } = "bayou";

    /// <summary>The service's id: stored grains belong to it, so changing it loses sight of them. Default <c>bayou</c>.</summary>
    public string ServiceId { get; set; } = "bayou";

    /// <summary>How long a stopping silo may take to commit what it accepted, at least 1 s. What is not committed then is read again by the next start. Default 5 minutes.</summary>
    public TimeSpan DrainLimit { get; set; } = TimeSpan.FromMinutes(5);
}
