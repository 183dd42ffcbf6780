using Bayou.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Bayou.Cluster.Tests.GrainHost;

/// <summary>A silo with the probe grains, a client beside it, and storages in memory and in files.</summary>
internal sealed class HostFixture : IAsyncDisposable
{
    private HostFixture(InProcessTestCluster cluster, Probe probe, string folder) => (Cluster, Probe, Folder) = (cluster, probe, folder);

    public InProcessTestCluster Cluster { get; }

    public Probe Probe { get; }

    /// <summary>Where the storage in files is.</summary>
    public string Folder { get; }

    public IClusterClient Client => Cluster.Client;

    public static async Task<HostFixture> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var probe = new Probe();
        var folder = Path.Combine(Directory.CreateTempSubdirectory("bayou-storage").FullName, "grains");
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Services.AddSingleton(probe));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("memory");
            silo.AddFileGrainStorage("files", options => options.RootDirectory = folder);
            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new HostFixture(cluster, probe, folder);
    }

    public IProbeGrain Grain(string key) => Client.GetGrain<IProbeGrain>(key);

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(Folder)!, true);
    }
}
