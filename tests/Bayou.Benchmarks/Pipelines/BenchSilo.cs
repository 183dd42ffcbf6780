using System.Globalization;
using Bayou.Benchmarks.Measuring;
using Bayou.Benchmarks.Pipelines.Sinks;
using Bayou.Definitions;
using Bayou.Grains.Hosting;
using Bayou.Pipelines;
using Bayou.Silo;
using Bayou.Sinks;
using Bayou.Status;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bayou.Benchmarks.Pipelines;

/// <summary>The silo of the product, with two sinks more: one that discards, and Delta with a table that can be frozen.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    // A status costs a call to every grain of the pipeline; the end itself is told by the last commit's time.
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly PipelineJob _job;
    private readonly Gate _gate = new();
    private readonly SiloHost _host;

    private BenchSilo(PipelineJob job)
    {
        _job = job;
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration[$"{SiloSettings.Section}:{nameof(SiloSettings.State)}"] = job.State;
        if (job.SliceMemoryBytes is { } bytes) builder.Configuration[$"{BayouOptions.Section}:{nameof(BayouOptions.SliceMemoryBytes)}"] = bytes.ToString(CultureInfo.InvariantCulture);
        // Standard output is for answers; and as the program bayou does, nothing below a warning is told.
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<LoggerFilterOptions>(options =>
        {
            options.Rules.Clear();
            options.Rules.Add(new LoggerFilterRule(null, "Orleans", LogLevel.Error, null));
            options.MinLevel = LogLevel.Warning;
        });
        // The silo registers its own sinks when it is composed, so they are exchanged when the container is made.
        builder.ConfigureContainer(new DefaultServiceProviderFactory(), services =>
        {
            services.RemoveAll<ISinkFactory>();
            services.AddSingleton<ISinkFactory>(new GatedDeltaSinkFactory(job.Apart, _gate));
            services.AddSingleton<ISinkFactory>(new DiscardSinkFactory());
        });
        _host = SiloHost.Create(builder, "bayou bench", [], ownSignals: true);
    }

    /// <summary>A silo that runs.</summary>
    public static async Task<BenchSilo> StartAsync(PipelineJob job)
    {
        var silo = new BenchSilo(job);
        await silo._host.StartAsync(default);
        return silo;
    }

    /// <summary>Starts a pipeline that goes on; when this returns, all partitions are read and all tables are open.</summary>
    public async Task StartLiveAsync(string file)
    {
        var pipeline = await StartPipelineAsync(file, bounded: false);
        while (await pipeline.GetStatusAsync() is var status && (status.Partitions.Length == 0
            || status.Partitions.Any(partition => partition.State != PartitionState.Running) || status.Tables.Any(table => table.State != TableState.Live)))
        {
            if (status.State == PipelineState.Failed) throw new InvalidOperationException($"Pipeline {status.Name} failed: {status.Reason} The run does not count.");
            await Task.Delay(LookEvery);
        }
    }

    /// <summary>Runs a pipeline to its end; what it cost is by <paramref name="meter"/>, up to its last commit.</summary>
    /// <param name="file">The pipeline file.</param>
    /// <param name="meter">Begun when what is to be counted began.</param>
    /// <param name="apart">A table that is told apart from the others; null for none.</param>
    /// <param name="freeze">True to hold that table until the others are done.</param>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<PipelineResult> RunAsync(string file, ProcessMeter meter, string? apart, bool freeze)
    {
        if (freeze) _gate.Close();
        var others = apart is null ? null : new OthersWatch(apart);
        var pipeline = await StartPipelineAsync(file, bounded: true);
        while (true)
        {
            var status = await pipeline.GetStatusAsync();
            if (others?.Look(status) == true) _gate.Open();
            if (status.State is PipelineState.Failed or PipelineState.Stopped) throw new InvalidOperationException($"Pipeline {status.Name} ended as {status.State}: {status.Reason} The run does not count.");
            if (status.State == PipelineState.Completed)
            {
                var cost = meter.Stop(LastCommit(status.Tables));
                await pipeline.StopAsync();
                return new PipelineResult(status.Partitions.Sum(partition => partition.Records), status.Tables.Sum(table => table.Rows), cost, others?.Pace());
            }

            await Task.Delay(LookEvery);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _gate.Open();
        await _host.StopAsync();
        await _host.DisposeAsync();
    }

    private async Task<IPipelineGrain> StartPipelineAsync(string file, bool bounded)
    {
        var definition = PipelineFiles.Load(file);
        var pipeline = _host.Grains.GetGrain<IPipelineGrain>(definition.Name);
        await pipeline.StartAsync(Adapt(definition, bounded));
        return pipeline;
    }

    private PipelineDefinition Adapt(PipelineDefinition definition, bool bounded)
    {
        SinkDefinition Sink(SinkDefinition sink) => _job.Sink == sink.Kind ? sink : new SinkDefinition { Kind = _job.Sink, Options = [] };
        var source = definition.Source;
        return definition with
        {
            Source = source with { EndAtLatest = bounded, Options = new(source.Options) { ["client"] = _job.Client } },
            Quarantine = Sink(definition.Quarantine),
            Tables = [.. definition.Tables.Select(table => table with { Sink = Sink(table.Sink), Commit = table.Commit with { Every = _job.CommitEvery ?? table.Commit.Every } })],
        };
    }

    private static DateTime LastCommit(IEnumerable<TableStatus> tables) => tables.Max(table => table.LastCommit)?.UtcDateTime ?? DateTime.UtcNow;
}
