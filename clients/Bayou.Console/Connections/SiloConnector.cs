using Bayou.Memory;
using Bayou.Pipelines;
using Bayou.Silos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Bayou.Console.Connections;

/// <summary>Connects to a silo of this machine through the grain host's client.</summary>
public sealed class SiloConnector : ISiloConnector
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<ISiloConnection> ConnectAsync(SiloRecord silo, CancellationToken cancellationToken)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging();
        builder.UseOrleansClient(client => client.UseLocalhostClustering(silo.GatewayPort, silo.ServiceId, silo.ClusterId));
        var host = builder.Build();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await host.StartAsync(limit.Token).WaitAsync(limit.Token);
            return new Connection(silo, host);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            host.Dispose();
            throw new CommandFailedException($"process {silo.Pid} ('{silo.Command}') does not answer on its gateway, port {silo.GatewayPort}: {error.Message}", error);
        }
    }

    private sealed class Connection(SiloRecord silo, IHost host) : ISiloConnection
    {
        private readonly IClusterClient _client = host.Services.GetRequiredService<IClusterClient>();

        public SiloRecord Silo => silo;

        public IPipelineDirectoryGrain Directory => _client.GetGrain<IPipelineDirectoryGrain>(IPipelineDirectoryGrain.Key);

        public IPipelineGrain Pipeline(string name) => _client.GetGrain<IPipelineGrain>(name);

        public IMemoryTableGrain MemoryTable(string pipeline, string table) => _client.GetGrain<IMemoryTableGrain>($"{pipeline}/{table}");

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            host.Dispose();
        }
    }
}
