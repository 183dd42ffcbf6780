using Bayou.Cluster.Tests.Doubles;
using Bayou.Definitions;
using Bayou.Grains.Hosting;
using Bayou.Grains.Partitions;
using Bayou.Memory;
using Bayou.Pipelines;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Status;
using Bayou.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Bayou.Cluster.Tests;

/// <summary>A silo with pipelines over a topic and destinations in memory, which outlive it: starting another one is a restart.</summary>
internal sealed class PipelineFixture(MemoryTopic topic, MemoryDestination destination) : IAsyncDisposable
{
    public const string Pipeline = "shop";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("bayou-test-");
    private InProcessTestCluster? _cluster;

    /// <summary>Adds further kinds of sink to silos that are started from now on.</summary>
    public Action<IServiceCollection>? AddSinks { get; init; }

    public MemoryTopic Topic => topic;

    public MemoryDestination Destination => destination;

    /// <summary>A second kind of sink, which keeps no cursors.</summary>
    public PlainDestination Plain { get; } = new();

    /// <summary>What else a silo is given.</summary>
    public Action<ISiloBuilder> Configure { get; init; } = _ => { };

    public bool IsUp => _cluster is not null;

    public IPipelineGrain Grain => _cluster!.Client.GetGrain<IPipelineGrain>(Pipeline);

    public IServiceProvider Silo => _cluster!.GetSiloServiceProvider();

    public IPartitionGrain Partition(int number) => _cluster!.Client.GetGrain<IPartitionGrain>($"{Pipeline}/events/{number}");

    public IMemoryTableGrain MemoryTable(string table) => _cluster!.Client.GetGrain<IMemoryTableGrain>($"{Pipeline}/{table}");

    public IPipelineGrain Of(string pipeline) => _cluster!.Client.GetGrain<IPipelineGrain>(pipeline);

    public static PipelineFixture Create(int partitions = 2) => new(new MemoryTopic("events", partitions), new MemoryDestination());

    /// <summary>A pipeline of tables <c>a</c>, <c>b</c>, ... that take events of that type, with an id and a number.</summary>
    public static PipelineDefinition Define(params string[] tables) => new()
    {
        Name = Pipeline,
        Source = new SourceDefinition { Kind = "memory", Topics = ["events"], Options = [] },
        Route = new RouteDefinition { Field = ["type"] },
        Quarantine = Sink("quarantine"),
        Tables = [.. tables.Select(Table)],
    };

    public static TableDefinition Table(string name) => new()
    {
        Name = name,
        Match = [name],
        Columns =
        [
            new ColumnDefinition { Name = "id", Type = new ColumnType(ColumnKind.String), Path = ["id"], Required = true },
            new ColumnDefinition { Name = "n", Type = new ColumnType(ColumnKind.Long), Path = ["n"] },
        ],
        Sink = Sink(name),
        Commit = new CommitPolicy { Every = TimeSpan.FromMilliseconds(20) },
    };

    public static SinkDefinition Sink(string path) => new() { Kind = "memory", Options = new() { ["path"] = path } };

    public static string Event(string type, string id) => $$"""{"type":"{{type}}","id":"{{id}}","n":1}""";

    /// <summary>Starts a silo; a second call is a restart.</summary>
    public async Task StartSiloAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddFileGrainStorage(BayouStorage.Name, options => options.RootDirectory = _state.FullName);
            silo.AddBayou(options => (options.ReviveEvery, options.DiscoverEvery) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(200)));
            silo.Services.AddSingleton<ISinkFactory>(destination);
            AddSinks?.Invoke(silo.Services);
            silo.Services.AddSingleton<ISinkFactory>(Plain);
            silo.Services.AddSingleton<ISourceFactory>(topic);
            Configure(silo);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    /// <summary>Stops the silo as an operator would; what was accepted is committed first.</summary>
    public async Task StopSiloAsync()
    {
        await _cluster!.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        _cluster = null;
    }

    /// <summary>Deletes all grain state.</summary>
    public void LoseState()
    {
        _state.Delete(recursive: true);
        _state.Create();
    }

    public async Task KillSiloAsync()
    {
        await _cluster!.KillSiloAsync(_cluster.Silos[0]);
        await _cluster.DisposeAsync();
        _cluster = null;
    }

    /// <summary>Ids of the rows under a path, ordered.</summary>
    public string[] Ids(string path) => [.. destination.Rows(path).Select(row => row.First).Order(StringComparer.Ordinal)];

    /// <summary>Waits until the pipeline's status is as wanted.</summary>
    public Task<PipelineStatus> UntilStatusAsync(Func<PipelineStatus, bool> wanted) => UntilAsync(() => Grain.GetStatusAsync(), wanted);

    /// <summary>Waits until there are as many rows under a path.</summary>
    public Task UntilRowsAsync(string path, int count) => UntilAsync(() => Task.FromResult(destination.Rows(path).Count), rows => rows >= count);

    /// <summary>Waits until there are as many rows under some paths together.</summary>
    public Task UntilOutcomesAsync(int count, params string[] paths) =>
        UntilAsync(() => Task.FromResult(paths.Sum(path => destination.Rows(path).Count)), rows => rows >= count);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        _state.Delete(recursive: true);
    }

    /// <summary>Looks until it is as wanted.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> wanted)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (wanted(seen)) return seen;
            if (TimeProvider.System.GetElapsedTime(since) > Deadline) throw new TimeoutException($"Waited {Deadline} in vain; last seen: {System.Text.Json.JsonSerializer.Serialize(seen)}");
            await Task.Yield();
            await Task.Delay(5);
        }
    }
}
