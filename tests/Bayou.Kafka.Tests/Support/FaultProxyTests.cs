using System.Net;
using System.Net.Sockets;

namespace Bayou.Kafka.Tests.Support;

/// <summary>The proxy does what tests rely on.</summary>
public sealed class FaultProxyTests : IAsyncLifetime
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));
    private FaultProxy _proxy = null!;

    public Task InitializeAsync()
    {
        _server.Start();
        _proxy = new FaultProxy($"127.0.0.1:{((IPEndPoint)_server.LocalEndpoint).Port}");
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task Pass_without_faults_keeps_every_byte_both_ways_and_counts_them()
    {
        var (client, server) = await ConnectAsync();
        var data = Bytes(300_000);

        await Task.WhenAll(client.SendAsync(data), server.SendAsync(data.AsMemory(0, 1000)).AsTask());

        Assert.Equal(data, await ReadAsync(server, data.Length));
        Assert.Equal(data[..1000], await ReadAsync(client, 1000));
        Assert.Equal((300_000L, 1000L, 1, 1), (_proxy.BytesToBroker, _proxy.BytesToClients, _proxy.Accepted, _proxy.Open));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(100_001)]
    public async Task After_cut_passes_exactly_that_many_bytes_and_ends(int bytes)
    {
        var (client, server) = await ConnectAsync();
        var done = _proxy.After(bytes, Fault.Cut);
        var data = Bytes(200_000);

        var sending = server.SendAsync(data);

        Assert.Equal(data[..bytes], await ReadAsync(client, int.MaxValue));
        await done;
        await Assert.ThrowsAnyAsync<SocketException>(async () =>
        {
            await sending;
            while (true) await server.SendAsync(data);
        });
        Assert.Equal((bytes, 1), (_proxy.BytesToClients, _proxy.Triggered));
    }

    [Fact]
    public async Task After_reset_breaks_the_connection()
    {
        var (client, server) = await ConnectAsync();
        var done = _proxy.After(1000, Fault.Reset);

        await server.SendAsync(Bytes(5000));
        await done;

        var failure = await Assert.ThrowsAsync<SocketException>(async () => await ReadAsync(client, int.MaxValue));
        Assert.Equal(SocketError.ConnectionReset, failure.SocketErrorCode);
    }

    [Fact]
    public async Task After_counts_over_connections_and_hits_one()
    {
        var (first, firstServer) = await ConnectAsync();
        var (second, secondServer) = await ConnectAsync();
        var done = _proxy.After(150, Fault.Cut);

        await firstServer.SendAsync(Bytes(100));
        await ReadAsync(first, 100);
        await secondServer.SendAsync(Bytes(100));

        Assert.Equal(50, (await ReadAsync(second, int.MaxValue)).Length);
        await done;
        await firstServer.SendAsync(Bytes(10));
        Assert.Equal(Bytes(10), await ReadAsync(first, 10));
    }

    [Fact]
    public async Task After_stall_holds_the_rest_back_until_healed()
    {
        var (client, server) = await ConnectAsync();
        var done = _proxy.After(1000, Fault.Stall);
        var data = Bytes(5000);

        await server.SendAsync(data);
        Assert.Equal(data[..1000], await ReadAsync(client, 1000));
        await done;
        var rest = ReadAsync(client, 4000);
        Assert.False(rest.IsCompleted);
        Assert.Equal(1000, _proxy.BytesToClients);
        _proxy.Heal();

        Assert.Equal(data[1000..], await rest);
    }

    [Fact]
    public async Task Now_stall_holds_for_new_connections_until_healed()
    {
        _proxy.Now(Fault.Stall);
        var (client, server) = await ConnectAsync();
        await server.SendAsync(Bytes(10));
        Assert.Equal(0, _proxy.BytesToClients);
        _proxy.Heal();

        Assert.Equal(Bytes(10), await ReadAsync(client, 10));
    }

    [Fact]
    public async Task Now_slow_loses_nothing()
    {
        var (client, server) = await ConnectAsync();
        var data = Bytes(20_000);
        _proxy.Now(Fault.Slow);

        await server.SendAsync(data);

        Assert.Equal(data, await ReadAsync(client, data.Length));
    }

    [Fact]
    public async Task Now_cut_ends_every_connection_and_new_ones_work()
    {
        var (first, _) = await ConnectAsync();
        var (second, _) = await ConnectAsync();

        _proxy.Now(Fault.Cut);

        Assert.Empty(await ReadAsync(first, int.MaxValue));
        Assert.Empty(await ReadAsync(second, int.MaxValue));
        var (third, server) = await ConnectAsync();
        await server.SendAsync(Bytes(3));
        Assert.Equal(Bytes(3), await ReadAsync(third, 3));
    }

    [Fact]
    public async Task TurnsAway_closes_new_connections()
    {
        _proxy.TurnsAway = true;
        using var client = new TcpClient();
        await client.ConnectAsync(IPEndPoint.Parse(_proxy.Address));

        Assert.Empty(await ReadAsync(client.Client, int.MaxValue));
        Assert.Equal((1, 0), (_proxy.Accepted, _proxy.Open));
    }

    [Fact]
    public async Task Client_that_closes_closes_the_broker_side()
    {
        var (client, server) = await ConnectAsync();

        client.Dispose();

        Assert.Empty(await ReadAsync(server, int.MaxValue));
    }

    [Fact]
    public async Task DisposeAsync_ends_stalled_and_slow_connections()
    {
        var (stalled, stalledServer) = await ConnectAsync();
        _proxy.Now(Fault.Stall);
        await stalledServer.SendAsync(Bytes(100_000));
        _proxy.SlowBytesPerSecond = 50;
        _proxy.Now(Fault.Slow);

        await _proxy.DisposeAsync();

        Assert.Empty(await ReadAsync(stalled, int.MaxValue));
        Assert.Equal(0, _proxy.Open);
    }

    private async Task<(Socket Client, Socket Server)> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var accepting = _server.AcceptSocketAsync(_limit.Token);
        await client.ConnectAsync(IPEndPoint.Parse(_proxy.Address), _limit.Token);
        return (client, await accepting);
    }

    /// <summary>That many bytes, or fewer at the end of the connection.</summary>
    private async Task<byte[]> ReadAsync(Socket socket, int count)
    {
        using var read = new MemoryStream();
        var buffer = new byte[10_000];
        while (read.Length < count)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count - read.Length)), _limit.Token);
            if (received == 0) break;
            read.Write(buffer, 0, received);
        }

        return read.ToArray();
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
