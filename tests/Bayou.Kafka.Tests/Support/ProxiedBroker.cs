using System.Net;
using System.Net.Sockets;

namespace Bayou.Kafka.Tests.Support;

/// <summary>A real broker with a listener that is reached through a <see cref="FaultProxy"/> only, and tells clients of that listener to come back through it.</summary>
public sealed class ProxiedBroker : IAsyncLifetime
{
    private string _folder = "";

    /// <summary>The way round the proxy, for producers and for the truth.</summary>
    public string Address { get; private set; } = "";

    /// <summary>What stands between.</summary>
    public FaultProxy Proxy { get; } = new();

    public async Task InitializeAsync()
    {
        if (LocalBroker.Script is null) return;
        _folder = Directory.CreateTempSubdirectory("bayou-kafka-proxied-").FullName;
        var (plain, behind, controller) = (FreePort(), FreePort(), FreePort());
        Proxy.Target = $"127.0.0.1:{behind}";
        var output = await LocalBroker.RunAsync(
            "start", _folder, $"{plain}", $"controller.quorum.voters=1@127.0.0.1:{controller}",
            $"listeners=PLAINTEXT://127.0.0.1:{plain},CONTROLLER://127.0.0.1:{controller},PROXIED://{Proxy.Target}",
            $"advertised.listeners=PLAINTEXT://127.0.0.1:{plain},PROXIED://{Proxy.Address}",
            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT");
        Address = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();
    }

    public async Task DisposeAsync()
    {
        await Proxy.DisposeAsync();
        if (LocalBroker.Script is null) return;
        await LocalBroker.RunAsync("kill", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
