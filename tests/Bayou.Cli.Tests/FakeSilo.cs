using Bayou.Console.Connections;
using Bayou.Definitions;
using Bayou.Memory;
using Bayou.Pipelines;
using Bayou.Silos;
using Bayou.Status;

namespace Bayou.Cli.Tests;

/// <summary>A silo whose pipelines are statuses; it remembers what it was asked to change.</summary>
internal sealed class FakeSilo : ISiloConnector, ISiloConnection, IPipelineDirectoryGrain
{
    public List<PipelineStatus> Statuses { get; } = [];

    public List<string> Calls { get; } = [];

    /// <summary>The definition of every pipeline.</summary>
    public PipelineDefinition? Definition { get; set; }

    /// <summary>What a question for names fails with, if it does.</summary>
    public Exception? Failure { get; set; }

    public StartResult StartResult { get; set; } = new() { Version = 1 };

    /// <summary>As the silo of 'bayou run': once its pipeline is stopped it does not answer.</summary>
    public bool EndsWithItsPipeline { get; init; }

    public SiloRecord Silo { get; private set; } = null!;

    public IPipelineDirectoryGrain Directory => this;

    public Task<ISiloConnection> ConnectAsync(SiloRecord silo, CancellationToken cancellationToken)
    {
        Silo = silo;
        return Task.FromResult<ISiloConnection>(this);
    }

    public IPipelineGrain Pipeline(string name) => new FakePipeline(this, name);

    /// <summary>What tables in memory answer; it also records what they were asked.</summary>
    public Func<MemoryQuery, MemoryResult> Memory { get; set; } = _ => throw new NotSupportedException();

    public IMemoryTableGrain MemoryTable(string pipeline, string table) => new FakeMemoryTable(this, $"{pipeline}/{table}");

    public Task<string[]> ListAsync() => Failure is not null ? Task.FromException<string[]>(Failure) : Task.FromResult(Statuses.Select(status => status.Name).Order().ToArray());

    public Task AddAsync(string pipeline) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class FakeMemoryTable(FakeSilo silo, string key) : IMemoryTableGrain
    {
        public Task AppendAsync(MemoryAppend append) => throw new NotSupportedException();

        public Task<MemoryResult> QueryAsync(MemoryQuery query)
        {
            silo.Calls.Add($"query {key} where {query.Where ?? "-"} limit {query.Limit}");
            return Task.FromResult(silo.Memory(query));
        }
    }

    private sealed class FakePipeline(FakeSilo silo, string name) : IPipelineGrain
    {
        public Task<StartResult> StartAsync(PipelineDefinition definition)
        {
            silo.Calls.Add($"start {definition.Name}");
            return Task.FromResult(silo.StartResult);
        }

        public Task<PipelineStatus> GetStatusAsync()
        {
            var found = silo.Statuses.Single(status => status.Name == name);
            return silo.EndsWithItsPipeline && found.State == PipelineState.Stopped ? throw new TimeoutException() : Task.FromResult(found);
        }

        public Task PauseAsync(string? table) => Record($"pause {name} {table}");

        public Task ResumeAsync(string? table) => Record($"resume {name} {table}");

        public Task StopAsync()
        {
            var index = silo.Statuses.FindIndex(status => status.Name == name);
            silo.Statuses[index] = silo.Statuses[index] with { State = PipelineState.Stopped };
            return Record($"stop {name}");
        }

        public Task DrainAsync() => throw new NotSupportedException();

        public Task ReviveAsync() => throw new NotSupportedException();

        public Task<PipelineDefinition?> GetDefinitionAsync(int version) => Task.FromResult(silo.Definition);

        private Task Record(string call)
        {
            silo.Calls.Add(call.TrimEnd());
            return Task.CompletedTask;
        }
    }
}
