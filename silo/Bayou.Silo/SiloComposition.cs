using Bayou.Grains.Hosting;
using Bayou.Silos;
using Microsoft.Extensions.Configuration;
using Orleans.Hosting;

namespace Bayou.Silo;

/// <summary>Everything that a silo is made of: where it is reached, where grains are stored, sources, sinks, pipelines.</summary>
internal static class SiloComposition
{
    public static void Configure(ISiloBuilder silo, SiloRecord record, string grainFolder)
    {
        silo.UseLocalhostClustering(record.SiloPort, record.GatewayPort, null, record.ServiceId, record.ClusterId);
        silo.AddMemoryGrainStorage(BayouStorage.Name);
        silo.AddBayou(options => silo.Configuration.GetSection(BayouOptions.Section).Bind(options));
    }
}
