using System.Text.Json;
using Bayou.EndToEnd.Tests.Support;
using Bayou.Kafka.Tools;
using Bayou.Load;

namespace Bayou.EndToEnd.Tests.Chaos;

/// <summary>
/// A topic, a pipeline file with ten tables and the processes of one scenario. When disposed, it ends them, and deletes its topic and its folder; when the ledger was not
/// found in order, the folder stays, with what the processes wrote.
/// </summary>
internal sealed class Arena : IAsyncDisposable
{
    private const string Pipeline = "shop";
    private readonly ScenarioContext _context;
    private readonly List<BayouProcess> _processes = [];
    private BayouProcess? _generator;
    private bool _inOrder;

    private Arena(ScenarioContext context, string topic)
    {
        (_context, Topic) = (context, topic);
        Folder = Directory.CreateTempSubdirectory("bayou-chaos-").FullName;
        Disk = Path.Combine(Folder, "disk");
        (File, Lake) = (Path.Combine(Folder, "shop.yaml"), Path.Combine(Disk, "lake"));
        Directory.CreateDirectory(Disk);
        Watch = new LogWatch(Lake);
        context.Opened(Folder, () => DisposeAsync().AsTask());
    }

    public string Topic { get; }

    public string Folder { get; }

    /// <summary>Holds the tables and the state directories.</summary>
    public string Disk { get; }

    public string File { get; }

    public string Lake { get; }

    public LogWatch Watch { get; }

    /// <summary>Most memory that one of the silos has had, in bytes: VmHWM, as of the last look.</summary>
    public long PeakBytes => _processes.Where(process => process != _generator).Max(process => process.PeakBytes);

    /// <param name="context">The run.</param>
    /// <param name="partitions">Partitions of the topic.</param>
    /// <param name="note">Whether tables have the column that large events fill.</param>
    public static async Task<Arena> CreateAsync(ScenarioContext context, int partitions = 8, bool note = false)
    {
        var topic = $"bayou-chaos-{Guid.NewGuid():N}";
        using var administration = new TopicAdministration(new Dictionary<string, string> { ["bootstrap.servers"] = context.Address });
        await administration.CreateAsync(topic, partitions, new Dictionary<string, string> { ["max.message.bytes"] = "10485760" });
        var arena = new Arena(context, topic);
        await System.IO.File.WriteAllTextAsync(
            arena.File, DemoPipeline.Create(new DemoOptions { Name = Pipeline, BootstrapServers = context.Address, Topic = topic, LakeFolder = "./disk/lake", Note = note }));
        return arena;
    }

    public string State(string name) => Path.Combine(Disk, name);

    public void ChangeFile(string from, string to)
    {
        var text = System.IO.File.ReadAllText(File);
        Assert.Contains(from, text);
        System.IO.File.WriteAllText(File, text.Replace(from, to));
    }

    /// <summary>Starts the generator, as a process: mixed events at a steady rate, one in fifty of them bad, until <see cref="SettleAsync"/>.</summary>
    public void Generate(int rate = 3_000)
    {
        _generator = BayouProcess.Start(Folder, "load", "--bootstrap", _context.Address, "--topic", Topic, "--rate", $"{rate}", "--bad", "0.02",
            // So that a recovery is not the generator's patience with a broker that was away.
            "--set", "reconnect.backoff.max.ms=200", "--count", $"{long.MaxValue}", "--seed", $"{_context.Random.Next()}", "--json");
        _processes.Add(_generator);
    }

    /// <summary>Starts a silo, as a process.</summary>
    public BayouProcess Launch(string state = "state", (string Name, string Value)? environment = null)
    {
        var silo = BayouProcess.StartWith(environment, Folder, "run", File, "--state", State(state));
        _processes.Add(silo);
        return silo;
    }

    /// <summary>Waits for rows that were committed after there were <paramref name="rows"/>, and counts the time since a moment as a recovery.</summary>
    public async Task RecoveredAsync(long rows, long since, BayouProcess silo)
    {
        await UntilAsync("rows are committed", silo, () => Watch.AllRows > rows);
        _context.Recoveries.Add(TimeProvider.System.GetElapsedTime(since));
    }

    /// <summary>Launches a silo and waits for its first rows; counts as a recovery.</summary>
    public async Task<BayouProcess> RecoverAsync(string state = "state", (string Name, string Value)? environment = null)
    {
        var rows = Watch.AllRows;
        var since = TimeProvider.System.GetTimestamp();
        var silo = Launch(state, environment);
        await RecoveredAsync(rows, since, silo);
        return silo;
    }

    public Task UntilAsync(string what, BayouProcess silo, Func<bool> holds) => Deadline.UntilAsync(
        () => $"{what}; bayou wrote: {silo.Error}",
        () =>
        {
            Assert.False(silo.HasExited, $"bayou ended by itself while waiting until {what}: {silo.Out}{silo.Error}");
            return Task.FromResult(holds());
        });

    /// <summary>Rows a second that all tables but one are given, over a while from now.</summary>
    public async Task<double> PaceAsync(string but, TimeSpan window)
    {
        var (rows, since) = (Watch.RowsBut(but), TimeProvider.System.GetTimestamp());
        await Task.Delay(window);
        return (Watch.RowsBut(but) - rows) / TimeProvider.System.GetElapsedTime(since).TotalSeconds;
    }

    /// <summary>A table's status, from the silo on a state directory.</summary>
    public async Task<JsonElement> TableAsync(string table, string state = "state")
    {
        var status = JsonDocument.Parse(await CommandAsync("status", "--json", "--state", State(state))).RootElement;
        return status.GetProperty("pipelines")[0].GetProperty("tables").EnumerateArray().Single(found => found.GetProperty("name").GetString() == table);
    }

    /// <summary>Ends the generator, waits until all has landed, ends the silo as a supervisor does and has the ledger checked twice: by <c>bayou verify</c> and by a reader that is not of Bayou.</summary>
    public async Task SettleAsync(BayouProcess silo, string state = "state")
    {
        if (_generator is not null)
        {
            _generator.Terminate();
            var generated = await _generator.ExitAsync();
            Assert.True(generated == 0, $"bayou load ended with {generated}: {_generator.Error}");
        }

        var records = await TopicEnds.CountAsync(_context.Address, Topic);
        await UntilAsync($"all {records} records of the topic have landed", silo, () => Watch.AllRows >= records);
        _ = PeakBytes;
        silo.Terminate();
        var exit = await silo.ExitAsync();
        Assert.True(exit == 0, $"bayou run ended with {exit}: {silo.Out}{silo.Error}");
        await VerifyAsync(records, state);
    }

    /// <summary>Has the ledger of a pipeline that has ended checked.</summary>
    public async Task VerifyAsync(long records, string state = "state")
    {
        var report = JsonDocument.Parse(await CommandAsync("verify", File, "--state", State(state), "--json")).RootElement;
        Assert.Equal("fine", report.GetProperty("verdict").GetString());
        Assert.Equal(records, report.GetProperty("records").GetInt64());
        Assert.Equal(0, report.GetProperty("tables").EnumerateArray().Sum(table => table.GetProperty("counts").GetProperty("pending").GetInt64()));
        Assert.Equal(records, Watch.AllRows);
        if (SharedTools.Lake is not null) await Workspace.LakeAsync("ledger", Directory.GetDirectories(Lake));
        _inOrder = true;
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever waits for a stalled file system cannot be ended.
        Mounts.ResumeAll(Folder);
        foreach (var process in _processes) await process.EndAsync();
        Mounts.Release(Folder);
        if (_inOrder) Directory.Delete(Folder, recursive: true);
        else foreach (var process in _processes) await System.IO.File.WriteAllTextAsync(Path.Combine(Folder, $"process-{process.Id}.log"), process.Out + process.Error);
        if (_context.Broker is not null) return;
        using var administration = new TopicAdministration(new Dictionary<string, string> { ["bootstrap.servers"] = _context.Address });
        await administration.DeleteAsync(Topic);
    }

    private async Task<string> CommandAsync(params string[] arguments)
    {
        await using var process = BayouProcess.Start(Folder, arguments);
        var exit = await process.ExitAsync();
        Assert.True(exit == 0, $"bayou {string.Join(' ', arguments)} ended with {exit}: {process.Out}{process.Error}");
        return process.Out;
    }
}
