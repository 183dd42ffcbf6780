using Orleans.Configuration;

namespace Bayou.GrainHost;

/// <summary>Ids of clusters on one machine.</summary>
internal static class ClusterDefaults
{
    /// <summary>Sets ids that were not configured.</summary>
    public static void Fill(ClusterOptions options, string serviceId, string clusterId)
    {
        if (options.ServiceId is null or "" or ClusterOptions.DefaultServiceId) options.ServiceId = serviceId;
        if (options.ClusterId is null or "" or ClusterOptions.DefaultClusterId) options.ClusterId = clusterId;
    }
}
