namespace Bayou.Kafka.Tests.Support;

/// <summary>Three real brokers on loopback, of which one may be missing at a time.</summary>
public sealed class LocalCluster : IAsyncLifetime
{
    private string _folder = "";

    /// <summary>The addresses of all three.</summary>
    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (LocalBroker.Script is null) return;
        _folder = Directory.CreateTempSubdirectory("bayou-kafka-cluster-").FullName;
        Address = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (LocalBroker.Script is null) return;
        await LocalBroker.RunAsync("kill", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Ends one (from 1), as a crash would.</summary>
    public Task KillAsync(int node) => LocalBroker.RunAsync("kill", _folder, $"{node}");

    /// <summary>Ends one cleanly; it hands its partitions over first.</summary>
    public Task StopAsync(int node) => LocalBroker.RunAsync("stop", _folder, $"{node}");

    /// <summary>Starts those that do not run.</summary>
    public async Task<string> StartAsync()
    {
        var output = await LocalBroker.RunAsync("start", _folder, "0", "nodes=3");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();
    }

    /// <summary>Moves every partition back to the broker that was meant to lead it.</summary>
    public Task MoveLeadersBackAsync() => LocalBroker.RunAsync(
        "run", "org.apache.kafka.tools.LeaderElectionCommand", "--bootstrap-server", Address, "--election-type", "preferred", "--all-topic-partitions");
}
