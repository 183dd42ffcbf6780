using Bayou.Cluster.Tests.Doubles;
using Bayou.Definitions;
using Bayou.Memory;
using Bayou.Pipelines;
using Bayou.Sinks;
using Bayou.Sinks.Memory;
using Microsoft.Extensions.DependencyInjection;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

/// <summary>Tables in memory, in a silo and asked by a client.</summary>
public class MemoryTableTests
{
    [Fact]
    public async Task Query_from_a_client_finds_the_rows_of_a_running_pipeline()
    {
        // Under another kind, because the fixture's destinations have this one.
        await using var fixture = new PipelineFixture(new MemoryTopic("events", 1), new MemoryDestination())
        {
            Configure = silo => silo.Services.AddSingleton<ISinkFactory>(services => new Renamed("held", new MemorySinkFactory(services))),
        };
        for (var i = 0; i < 5; i++) fixture.Topic.Add(0, Event("a", $"e{i}"));
        var definition = Define("a");
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(definition with { Tables = [definition.Tables[0] with { Sink = new SinkDefinition { Kind = "held", Options = [] } }] });
        await fixture.UntilStatusAsync(status => status.Tables is [{ Rows: 5 }, ..]);

        var grain = fixture.MemoryTable("a");
        var result = await grain.QueryAsync(new MemoryQuery { Where = "id >= 'e2' and n = 1", Limit = 2 });
        var refusal = await Assert.ThrowsAsync<PipelineException>(() => grain.QueryAsync(new MemoryQuery { Where = "id = 1" }));

        Assert.Equal(
            ["""{"_topic":"events","_partition":0,"_offset":3,"_timestamp":"2023-11-14T22:13:20.000000Z","id":"e3","n":1}""", """{"_topic":"events","_partition":0,"_offset":4,"_timestamp":"2023-11-14T22:13:20.000000Z","id":"e4","n":1}"""],
            result.Rows);
        Assert.Equal((3, 5, 5), (result.Matched, result.Held, result.Arrived));
        Assert.Equal("Table shop/a was not queried: 1 is no value for column id, which is string; text stands in single quotes.", refusal.Message);
    }

    private sealed class Renamed(string kind, ISinkFactory factory) : ISinkFactory
    {
        public string Kind => kind;

        public IReadOnlyList<SinkOption> Options => factory.Options;

        public IReadOnlyList<string> Validate(TableDefinition table) => factory.Validate(table);

        public ISink Create(SinkContext context) => factory.Create(context);
    }
}
