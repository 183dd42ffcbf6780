using System.Diagnostics;
using System.Text.Json;
using Bayou.Kafka.Tools;
using Bayou.Load;
using Bayou.Sinks.Delta;
using Bayou.Sources;
using Bayou.Verification.Reading;

namespace Bayou.EndToEnd.Tests.Support;

/// <summary>A topic, a pipeline file with ten tables, their lake and a state directory of one test. Deletes its folder when disposed.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    public const int Partitions = 8;
    private const string Name = "shop";

    private readonly List<BayouProcess> _processes = [];

    private Workspace(LocalBroker broker, string topic)
    {
        Folder = Directory.CreateTempSubdirectory("bayou-e2e-").FullName;
        (File, State, Lake) = (Path.Combine(Folder, "shop.yaml"), Path.Combine(Folder, "state"), Path.Combine(Folder, "lake"));
        (Broker, Topic) = (broker, topic);
        Events = new EventStream(broker.Address, topic, Partitions);
        System.IO.File.WriteAllText(File, DemoPipeline.Create(new DemoOptions { Name = Name, BootstrapServers = broker.Address, Topic = topic }));
    }

    public LocalBroker Broker { get; }

    public string Topic { get; }

    public string Folder { get; }

    public string File { get; }

    public string State { get; }

    public string Lake { get; }

    public EventStream Events { get; }

    public static async Task<Workspace> CreateAsync(LocalBroker broker)
    {
        var topic = $"events-{Guid.NewGuid():N}";
        using var administration = new TopicAdministration(new Dictionary<string, string> { ["bootstrap.servers"] = broker.Address });
        await administration.CreateAsync(topic, Partitions);
        return new Workspace(broker, topic);
    }

    /// <summary>Drops a partition's records below an offset, as retention would.</summary>
    public async Task ExpireAsync(int partition, long below)
    {
        using var administration = new TopicAdministration(new Dictionary<string, string> { ["bootstrap.servers"] = Broker.Address });
        await administration.DeleteRecordsAsync(new TopicPartition(Topic, partition), below);
    }

    public void ChangeFile(string from, string to)
    {
        var text = System.IO.File.ReadAllText(File);
        Assert.Contains(from, text);
        System.IO.File.WriteAllText(File, text.Replace(from, to));
    }

    /// <summary>Starts <c>bayou run</c>.</summary>
    public BayouProcess Run()
    {
        var process = BayouProcess.Start(Folder, "run", File, "--state", State);
        _processes.Add(process);
        return process;
    }

    /// <summary>Runs a command to its end; returns what it printed.</summary>
    public async Task<string> CommandAsync(int expectedExit, params string[] arguments)
    {
        await using var process = BayouProcess.Start(Folder, arguments);
        var exit = await process.ExitAsync();
        Assert.True(exit == expectedExit, $"bayou {string.Join(' ', arguments)} ended with {exit}: {process.Out}{process.Error}");
        return process.Out;
    }

    /// <summary>Rows of a table, or of the quarantine; 0 while it is not there.</summary>
    public long Rows(string table)
    {
        var path = Path.Combine(Lake, table);
        return DeltaTableReader.Exists(path) ? DeltaTableReader.Open(path).Read().Sum(rows => (long)rows.Count) : 0;
    }

    /// <summary>Rows of all tables and the quarantine: one for each event once all has landed.</summary>
    public long AllRows() => Directory.Exists(Lake) ? Directory.GetDirectories(Lake).Sum(folder => Rows(Path.GetFileName(folder))) : 0;

    /// <summary>Commits to all tables so far.</summary>
    public int Commits() => Directory.Exists(Lake) ? Directory.EnumerateFiles(Lake, "*.json", SearchOption.AllDirectories).Count() : 0;

    public Task UntilAllLandedAsync(BayouProcess process) => Deadline.UntilAsync(
        () => $"{Events.Count} events land, {AllRows()} have: {process.Error}",
        () =>
        {
            Assert.False(process.HasExited, $"bayou ended by itself: {process.Out}{process.Error}");
            return Task.FromResult(AllRows() >= Events.Count);
        });

    /// <summary>Waits until everything has landed, ends the process as a supervisor does, and has the ledger checked by <c>bayou verify</c> and by another reader.</summary>
    public async Task<JsonElement> DrainAndVerifyAsync(BayouProcess process)
    {
        await Events.StopAsync();
        await UntilAllLandedAsync(process);
        process.Terminate();
        var exit = await process.ExitAsync();
        Assert.True(exit == 0, $"bayou run ended with {exit}: {process.Out}{process.Error}");
        return await VerifyAsync();
    }

    public async Task<JsonElement> VerifyAsync()
    {
        var report = JsonDocument.Parse(await CommandAsync(0, "verify", File, "--state", State, "--json")).RootElement;
        Assert.Equal("fine", report.GetProperty("verdict").GetString());
        Assert.Equal(Events.Count, report.GetProperty("records").GetInt64());
        Assert.Equal(0, report.GetProperty("tables").EnumerateArray().Sum(table => table.GetProperty("counts").GetProperty("pending").GetInt64()));
        Assert.Equal(Events.Count, AllRows());
        if (SharedTools.Lake is not null) await LakeAsync("ledger", Directory.GetDirectories(Lake));
        return report;
    }

    /// <summary>Runs the independent reader; returns its lines.</summary>
    public static async Task<IReadOnlyList<JsonElement>> LakeAsync(string verb, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(SharedTools.Lake!, [verb, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Deadline.Limit);
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, $"lake {verb} ended with {process.ExitCode}: {await output}{await error}");
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>The version of the definition that is in force, by the state directory; 0 for none.</summary>
    public async Task<int> VersionAsync() => (await new StoredState(Path.Combine(State, "grains"), Name).ReadPipelineAsync())?.Version ?? 0;

    public async ValueTask DisposeAsync()
    {
        await Events.DisposeAsync();
        foreach (var process in _processes) await process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
