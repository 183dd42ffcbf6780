using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Bayou.Kafka.Connections;

namespace Bayou.Kafka.Tests.Connections.Support;

/// <summary>A listener on loopback that does with each connection what a test says.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Exception> _failures = [];
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<Stream, CancellationToken, Task> _serve;
    private readonly Task _accepting;
    private int _accepted;

    public FakeServer(Func<Stream, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public HostPort Address => new("localhost", ((IPEndPoint)_listener.LocalEndpoint).Port);

    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>A server that sends these bytes to whoever connects, and then waits.</summary>
    public static FakeServer Saying(byte[] bytes) => new(async (stream, end) =>
    {
        await stream.WriteAsync(bytes, end);
        await Task.Delay(Timeout.Infinite, end);
    });

    /// <summary>Stops, and fails the test when serving a connection failed otherwise than by its end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _end.Dispose();
        Assert.Empty(_failures);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(client));
            }
        }
        catch (Exception) when (_end.IsCancellationRequested) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            await _serve(client.GetStream(), _end.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException) { }
        catch (Exception error)
        {
            _failures.Add(error);
        }
    }
}
