using Bayou.Silos;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Bayou.Silo;

/// <summary>Everything that a silo is made of: where it is reached, where grains are stored, sources, sinks, pipelines.</summary>
internal static class SiloComposition
{
    public static void Configure(ISiloBuilder silo, SiloRecord record, string grainFolder)
    {
        silo.UseLocalhostClustering(record.SiloPort, record.GatewayPort, null, record.ServiceId, record.ClusterId);
        silo.AddMemoryGrainStorage("bayou");
    }
}
