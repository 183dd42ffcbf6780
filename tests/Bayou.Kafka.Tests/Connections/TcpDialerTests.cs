using System.Net.Sockets;
using Bayou.Kafka.Connections;
using Bayou.Kafka.Tests.Connections.Support;
using Bayou.Sources;

namespace Bayou.Kafka.Tests.Connections;

public sealed class TcpDialerTests
{
    private static readonly ClientOptions Options = new() { BootstrapServers = [] };

    [Fact]
    public async Task DialAsync_to_closed_port_names_the_address_that_refused()
    {
        var server = new FakeServer((_, _) => Task.CompletedTask);
        var address = server.Address with { Host = "127.0.0.1" };
        await server.DisposeAsync();

        var error = await FailAsync(address, Options);

        Assert.Equal(SourceErrorKind.Transient, error.Kind);
        Assert.Equal($"Connecting to {address} failed at connecting: 127.0.0.1: connection refused, nobody listens there.", error.Message);
    }

    [Fact]
    public async Task DialAsync_to_unknown_name_says_so()
    {
        var error = await FailAsync(new HostPort("no-such-broker.invalid", 9092), Options);

        Assert.Equal(SourceErrorKind.Transient, error.Kind);
        Assert.StartsWith("Connecting to no-such-broker.invalid:9092 failed at name resolution: the name 'no-such-broker.invalid' was not found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DialAsync_to_address_of_the_other_family_says_so()
    {
        var error = await FailAsync(new HostPort("127.0.0.1", 9092), Options with { AddressFamily = AddressFamily.InterNetworkV6 });

        Assert.Contains("broker.address.family", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DialAsync_sets_what_the_options_say()
    {
        await using var server = new FakeServer((_, end) => Task.Delay(Timeout.Infinite, end));

        await using var stream = (NetworkStream)await TcpDialer.Instance.DialAsync(server.Address, Options with { IsKeepAlive = true, SocketReceiveBytes = 65_536 }, default);

        Assert.True(stream.Socket.NoDelay);
        Assert.NotEqual(0, (int)stream.Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive)!);
        Assert.InRange(stream.Socket.ReceiveBufferSize, 65_536, 131_072);
    }

    private static Task<BrokerException> FailAsync(HostPort address, ClientOptions options) =>
        Assert.ThrowsAsync<BrokerException>(() => TcpDialer.Instance.DialAsync(address, options, default).AsTask());
}
