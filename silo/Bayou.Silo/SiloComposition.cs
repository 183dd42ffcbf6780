using Bayou.Grains.Hosting;
using Bayou.Silos;
using Bayou.Storage;
using Microsoft.Extensions.Configuration;
using Orleans.Hosting;

namespace Bayou.Silo;

/// <summary>Everything that a silo is made of: where it is reached, where grains are stored, connectors, pipelines.</summary>
internal static class SiloComposition
{
    public static void Configure(ISiloBuilder silo, SiloRecord record, string grainFolder)
    {
        silo.UseLocalhostClustering(record.SiloPort, record.GatewayPort, null, record.ServiceId, record.ClusterId);
        silo.AddFileGrainStorage(BayouStorage.Name, options => options.RootDirectory = grainFolder);
        silo.Services.AddConnectors();
        silo.AddBayou(options => silo.Configuration.GetSection(BayouOptions.Section).Bind(options));
    }
}
