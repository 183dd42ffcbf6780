using System.Collections.ObjectModel;
using Bayou.GrainHost;
using Bayou.GrainHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>
/// A cluster in this process: one silo and a client. Everything that crosses a call is copied by the serializer. After the
/// silo was killed or stopped another may be started; the client's references go on with that one.
/// </summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private readonly List<InProcessSiloHandle> _silos = [];
    private IHost? _clientHost;
    private int _started;

    internal InProcessTestCluster(InProcessTestClusterOptions options)
    {
        if (options.InitialSilosCount > 1) throw OneSiloOnly();
        Options = options;
    }

    /// <summary>The options.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>The silos that run.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos
    {
        get
        {
            lock (_silos) return _silos.ToList().AsReadOnly();
        }
    }

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">It was not started.</exception>
    public IClusterClient Client => _clientHost?.Services.GetRequiredService<IClusterClient>()
        ?? throw new InvalidOperationException("The client was not started; DeployAsync starts it.");

    /// <summary>Starts the silo and the client.</summary>
    public async Task DeployAsync()
    {
        if (_started > 0) throw new InvalidOperationException("The cluster was deployed before.");
        for (var count = 0; count < Options.InitialSilosCount; count++) await StartAdditionalSiloAsync();
        if (Options.InitializeClientOnDeploy) await InitializeClientAsync();
    }

    /// <summary>Starts the client.</summary>
    public async Task InitializeClientAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(new TestClusterLink(CurrentSilo));
        builder.Services.Configure<ClusterOptions>(SetIds);
        builder.UseOrleansClient();
        foreach (var configure in Options.ClientHostConfigurationDelegates) configure(builder);
        _clientHost = builder.Build();
        await _clientHost.StartAsync();
    }

    /// <summary>Starts a silo.</summary>
    /// <exception cref="NotSupportedException">One runs already.</exception>
    public Task<InProcessSiloHandle> StartAdditionalSiloAsync() => StartSiloAsync(_started, Options);

    /// <summary>Starts a silo.</summary>
    /// <param name="instanceNumber">Which silo of the cluster it is.</param>
    /// <param name="clusterOptions">The options.</param>
    /// <exception cref="NotSupportedException">One runs already.</exception>
    public async Task<InProcessSiloHandle> StartSiloAsync(int instanceNumber, InProcessTestClusterOptions clusterOptions)
    {
        if (Silos.Any(silo => silo.IsActive)) throw OneSiloOnly();
        var specific = new InProcessTestSiloSpecificOptions { SiloName = $"Silo_{instanceNumber}", SiloPort = 11111 + instanceNumber };
        _started++;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.Configure<MessageCopyOptions>(options => options.CopyMessages = true);
        builder.Services.Configure<ClusterOptions>(SetIds);
        builder.Services.Configure<SiloOptions>(options => options.SiloName = specific.SiloName);
        builder.Services.Configure<EndpointOptions>(options => options.SiloPort = specific.SiloPort);
        builder.UseOrleans();
        foreach (var configure in clusterOptions.SiloHostConfigurationDelegates) configure(specific, builder);
        var host = builder.Build();
        var details = host.Services.GetRequiredService<ILocalSiloDetails>();
        var handle = new InProcessSiloHandle
        {
            Name = specific.SiloName,
            InstanceNumber = (short)instanceNumber,
            SiloHost = host,
            SiloAddress = details.SiloAddress,
            GatewayAddress = details.GatewayAddress,
        };
        lock (_silos) _silos.Add(handle);
        try
        {
            await Task.Run(() => host.StartAsync());
        }
        catch
        {
            lock (_silos) _silos.Remove(handle);
            throw;
        }

        return handle;
    }

    /// <summary>Stops a silo in good order.</summary>
    /// <param name="instance">The silo.</param>
    public Task StopSiloAsync(InProcessSiloHandle instance) => StopAsync(instance, true);

    /// <summary>Ends a silo as a crash does: its grains are not deactivated and run no further, calls in progress fail.</summary>
    /// <param name="instance">The silo.</param>
    public Task KillSiloAsync(InProcessSiloHandle instance) => StopAsync(instance, false);

    /// <summary>Stops a silo in good order and starts another in its place.</summary>
    /// <param name="instance">The silo.</param>
    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await StartSiloAsync(instance.InstanceNumber, Options);
    }

    /// <summary>Stops the silos in good order.</summary>
    public async Task StopSilosAsync()
    {
        foreach (var silo in Silos) await StopSiloAsync(silo);
    }

    /// <summary>Stops client and silos in good order.</summary>
    public async Task StopAllSilosAsync()
    {
        await StopClusterClientAsync();
        await StopSilosAsync();
    }

    /// <summary>Stops client and silos in good order.</summary>
    public void StopAllSilos() => StopAllSilosAsync().GetAwaiter().GetResult();

    /// <summary>Stops the client.</summary>
    public async Task StopClusterClientAsync()
    {
        if (_clientHost is not { } host) return;
        _clientHost = null;
        await host.StopAsync();
        host.Dispose();
    }

    /// <summary>The services of a silo.</summary>
    /// <param name="silo">Its address; null: any.</param>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) =>
        Silos.First(one => silo is null || one.SiloAddress.Equals(silo)).ServiceProvider;

    /// <summary>The silos that run.</summary>
    public IEnumerable<InProcessSiloHandle> GetActiveSilos() => Silos.Where(silo => silo.IsActive);

    /// <summary>Nothing to wait for with one silo.</summary>
    /// <param name="didKill">Whether a silo was killed.</param>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => Task.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopClusterClientAsync();
        foreach (var silo in Silos) await StopSiloAsync(silo);
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static NotSupportedException OneSiloOnly() =>
        new("The embedded grain host runs one silo at a time; clusters of several need the Microsoft Orleans packages.");

    private SiloRuntime? CurrentSilo()
    {
        lock (_silos) return _silos.LastOrDefault(silo => silo.IsActive)?.Runtime;
    }

    private void SetIds(ClusterOptions options)
    {
        options.ClusterId = Options.ClusterId;
        options.ServiceId = Options.ServiceId;
    }

    private async Task StopAsync(InProcessSiloHandle instance, bool gracefully)
    {
        var silo = instance.Runtime;
        try
        {
            await instance.StopSiloAsync(gracefully);
        }
        finally
        {
            lock (_silos) _silos.Remove(instance);
            (_clientHost?.Services.GetService<IClusterClient>() as LinkedClient)?.OnSiloGone(silo);
            await instance.DisposeAsync();
        }
    }
}
