using System.Net;
using System.Net.Sockets;

namespace Bayou.Sinks.Tests.Postgres;

/// <summary>Stands between client and server, and cuts the connection once in place of the server's answer to a COMMIT.</summary>
internal sealed class CommitDroppingProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _server;
    private int _drop;

    public CommitDroppingProxy(int server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The next COMMIT that the server has made is not answered.</summary>
    public void DropNextCommit() => Volatile.Write(ref _drop, 1);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ForwardAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using var _ = client;
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _server);
        await Task.WhenAny(CopyAsync(client.GetStream(), server.GetStream(), answers: false), CopyAsync(server.GetStream(), client.GetStream(), answers: true));
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, bool answers)
    {
        var buffer = new byte[65_536];
        try
        {
            while (await from.ReadAsync(buffer) is var length and > 0)
            {
                if (answers && buffer.AsSpan(0, length).IndexOf("COMMIT\0"u8) >= 0 && Interlocked.Exchange(ref _drop, 0) == 1) return;
                await to.WriteAsync(buffer.AsMemory(0, length));
            }
        }
        catch (IOException)
        {
            // One side is gone, and the other one is closed with it.
        }
    }
}
