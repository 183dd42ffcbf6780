using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace Bayou.GrainHost.Tests;

public sealed class GatewayTests
{
    private static int s_port = 40000 + (Environment.ProcessId % 1000 * 10);

    [Fact]
    public async Task Client_in_another_host_calls_grains_and_hears_of_their_exceptions()
    {
        var port = Interlocked.Increment(ref s_port);
        using var silo = await StartSiloAsync(port);
        using var client = await StartClientAsync(port);
        var grain = Grain(client);

        var envelope = await grain.Pass(new Envelope { Numbers = [1], Bytes = new byte[] { 9 } });
        var thrown = await Assert.ThrowsAsync<MarkedException>(() => grain.Throw("marked"));

        Assert.Equal([1, 99], envelope.Numbers);
        Assert.Equal([9], envelope.Bytes.ToArray());
        Assert.Equal(42, thrown.Number);
        Assert.Equal("> a", await (await grain.Self()).KeyAndPrefix("> "));
        await client.StopAsync();
        await silo.StopAsync();
    }

    [Fact]
    public async Task Cancelling_in_the_client_cancels_the_token_of_the_grain()
    {
        var port = Interlocked.Increment(ref s_port);
        using var silo = await StartSiloAsync(port);
        using var client = await StartClientAsync(port);
        var probe = silo.Services.GetRequiredService<Probe>();
        using var cancellation = new CancellationTokenSource();

        var call = Grain(client).WaitFor("first", cancellation.Token);
        Assert.Equal("first began", await probe.Next());
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("first cancelled", await probe.Next());
        await client.StopAsync();
        await silo.StopAsync();
    }

    [Fact]
    public async Task Silo_that_stops_ends_the_calls_in_progress()
    {
        var port = Interlocked.Increment(ref s_port);
        using var silo = await StartSiloAsync(port);
        using var client = await StartClientAsync(port);
        var probe = silo.Services.GetRequiredService<Probe>();

        var call = Grain(client).Enter("first");
        await probe.Next();
        await silo.StopAsync(new CancellationToken(true));

        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        // The next call finds the connection lost, or none to be had, whichever is noticed first.
        var next = await Assert.ThrowsAnyAsync<OrleansException>(() => Grain(client).Echo(1));
        Assert.True(next is SiloUnavailableException or ConnectionFailedException, next.ToString());
    }

    [Fact]
    public async Task Client_without_a_silo_names_the_endpoint()
    {
        var port = Interlocked.Increment(ref s_port);

        var thrown = await Assert.ThrowsAsync<ConnectionFailedException>(() => StartClientAsync(port));

        Assert.Contains($"gateway port {port} ({GatewayEndpoint.PathOf(port)})", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_silo_at_the_port_is_refused_and_a_stale_socket_is_replaced()
    {
        var port = Interlocked.Increment(ref s_port);
        await File.WriteAllTextAsync(GatewayEndpoint.PathOf(port), "stale");
        using var silo = await StartSiloAsync(port);

        var thrown = await Assert.ThrowsAsync<OrleansConfigurationException>(() => StartSiloAsync(port));

        Assert.Contains($"Gateway port {port} is in use", thrown.Message, StringComparison.Ordinal);
        using var client = await StartClientAsync(port);
        Assert.Equal(1, await Grain(client).Echo(1));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(GatewayEndpoint.PathOf(port))!));
        }

        await client.StopAsync();
        await silo.StopAsync();
    }

    [PortRangeFact]
    public async Task Port_of_a_running_silo_is_given_to_nobody_who_asks_for_a_free_one_until_it_ends()
    {
        var port = Interlocked.Increment(ref s_port);
        using var silo = await StartSiloAsync(port);

        using (var other = PortRangeFactAttribute.SocketWithin(port))
            Assert.Equal(SocketError.AddressAlreadyInUse, Assert.Throws<SocketException>(() => other.Bind(new IPEndPoint(IPAddress.Loopback, 0))).SocketErrorCode);
        await silo.StopAsync();

        using var next = PortRangeFactAttribute.SocketWithin(port);
        next.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.Equal(port, ((IPEndPoint)next.LocalEndPoint!).Port);
    }

    [Fact]
    public async Task Silo_at_the_port_of_another_program_is_refused_and_starts_once_that_has_ended()
    {
        var port = Interlocked.Increment(ref s_port);
        using (var other = new TcpListener(IPAddress.Loopback, port))
        {
            other.Start();
            var thrown = await Assert.ThrowsAsync<OrleansConfigurationException>(() => StartSiloAsync(port));
            Assert.StartsWith($"Taking gateway port {port} on the loopback address failed: ", thrown.Message, StringComparison.Ordinal);
        }

        using var silo = await StartSiloAsync(port);
        await silo.StopAsync();
    }

    private static IProbeGrain Grain(IHost client) =>
        client.Services.GetRequiredService<IClusterClient>().GetGrain<IProbeGrain>("a", typeof(ProbeGrain).FullName);

    private static async Task<IHost> StartSiloAsync(int port)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<Probe>();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(gatewayPort: port).AddMemoryGrainStorage("memory"));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<IHost> StartClientAsync(int port)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client.UseLocalhostClustering(port));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
