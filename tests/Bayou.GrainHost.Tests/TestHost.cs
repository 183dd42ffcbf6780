using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Bayou.GrainHost.Tests;

/// <summary>A test cluster with a probe and a clock that stands still.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private TestHost(InProcessTestCluster cluster, Probe probe, FakeClock clock)
    {
        Cluster = cluster;
        Probe = probe;
        Clock = clock;
    }

    public InProcessTestCluster Cluster { get; }

    public Probe Probe { get; }

    public FakeClock Clock { get; }

    public IClusterClient Client => Cluster.Client;

    public IServiceProvider Silo => Cluster.Silos[0].ServiceProvider;

    public static async Task<TestHost> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var probe = new Probe();
        var clock = new FakeClock();
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureHost(host => host.Services.AddSingleton<TimeProvider>(clock).AddSingleton(probe));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("memory");
            configure?.Invoke(silo);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestHost(cluster, probe, clock);
    }

    public IProbeGrain Grain(string key) => Client.GetGrain<IProbeGrain>(key, typeof(ProbeGrain).FullName);

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
