using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Bayou.GrainHost;

/// <summary>Takes calls of clients in other processes of the same user.</summary>
internal sealed class GatewayServer(
    SiloRuntime silo, IOptions<GatewayServerOptions> options, IOptions<EndpointOptions> endpoint, ILogger<GatewayServer> logger)
{
    private readonly ConcurrentDictionary<GatewayConnection, byte> _connections = new();
    private FileStream? _lock;
    private Socket? _port;
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private string _path = string.Empty;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled) return;
        _path = GatewayEndpoint.PathOf(endpoint.Value.GatewayPort);
        try
        {
            // Held until the process ends, however it ends: who has it owns the socket, and any other socket there is stale.
            _lock = new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new OrleansConfigurationException(
                $"Gateway port {endpoint.Value.GatewayPort} is in use by another silo of this user ({_path}). Stop it, or choose another gatewayPort.", exception);
        }

        try
        {
            _port = GatewayPort.Take(endpoint.Value.GatewayPort);
        }
        catch
        {
            await _lock.DisposeAsync();
            throw;
        }

        File.Delete(_path);
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(GatewayEndpoint.At(_path));
        _listener.Listen(128);
        _accepting = Task.Run(AcceptAsync, CancellationToken.None);
        logger.LogInformation("Clients of this user reach the silo at {Path}.", _path);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is null) return;
        _listener.Dispose();
        await _accepting;
        foreach (var connection in _connections.Keys) await connection.DisposeAsync();
        File.Delete(_path);
        _port?.Dispose();
        if (_lock is not null) await _lock.DisposeAsync();
        _listener = null;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var socket = await _listener!.AcceptAsync();
                var connection = new GatewayConnection(silo, socket, gone => _connections.TryRemove(new(gone, 0)));
                _connections.TryAdd(connection, 0);
                if (connection.IsClosed) _connections.TryRemove(new(connection, 0));
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }
}
