using System.Collections.Concurrent;
using Bayou.Definitions;
using Bayou.Cluster.Tests.Doubles;
using Bayou.Grains.Hosting;
using Bayou.Sinks;
using Microsoft.Extensions.DependencyInjection;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

/// <summary>Sinks that are registered by their class alone.</summary>
public class OwnSinkTests
{
    [Fact]
    public async Task AddSink_gives_each_table_a_sink_with_its_context_its_options_and_the_silos_services()
    {
        var received = new Received();
        await using var fixture = Create(received);
        fixture.Topic.Add(0, Event("a", "one"));
        fixture.Topic.Add(0, Event("b", "two"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Own("a", "b"));

        await fixture.UntilStatusAsync(status => status.Tables is [{ Rows: 1 }, { Rows: 1 }, ..]);

        Assert.Equal(["shop/a mark-a one", "shop/b mark-b two"], received.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AddSink_names_the_options_that_are_required()
    {
        await using var fixture = Create(new Received());
        await fixture.StartSiloAsync();
        var factory = fixture.Silo.GetServices<ISinkFactory>().Single(factory => factory.Kind == "own");

        Assert.Empty(factory.Validate(Own("a").Tables[0]));
        Assert.Equal(["mark must be given: A word."], factory.Validate(Own("a").Tables[0] with { Sink = new SinkDefinition { Kind = "own", Options = [] } }));
    }

    private static PipelineFixture Create(Received received) => new(new MemoryTopic("events", 1), new MemoryDestination())
    {
        Configure = silo =>
        {
            silo.Services.AddSingleton(received);
            silo.AddSink<OwnSink>("own", new SinkOption { Name = "mark", Type = SinkOptionType.Text, Required = true, Description = "A word." });
        },
    };

    private static PipelineDefinition Own(params string[] tables)
    {
        var definition = Define(tables);
        return definition with { Tables = [.. definition.Tables.Select(table => table with { Sink = new SinkDefinition { Kind = "own", Options = new() { ["mark"] = $"mark-{table.Name}" } } })] };
    }

    private sealed class Received
    {
        public ConcurrentQueue<string> Lines { get; } = [];
    }

    private sealed class OwnSink(SinkContext context, Received received) : ISink
    {
        public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task WriteAsync(SinkBatch batch, CancellationToken cancellationToken)
        {
            var rows = new RowReader(batch, context.Table);
            while (rows.Read()) received.Lines.Enqueue($"{context.Pipeline}/{context.Table.Name} {context.Table.Sink.Options["mark"]} {rows.Current.Value(0)}");
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
