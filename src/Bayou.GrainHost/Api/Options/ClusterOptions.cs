namespace Orleans.Configuration;

/// <summary>Which cluster a silo or client belongs to.</summary>
public class ClusterOptions
{
    /// <summary>The cluster id when none is set.</summary>
    public const string DefaultClusterId = "default";

    /// <summary>The service id when none is set.</summary>
    public const string DefaultServiceId = "default";

    /// <summary>The cluster.</summary>
    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>The service; the same for all clusters that share storage.</summary>
    public string ServiceId { get; set; } = DefaultServiceId;
}
