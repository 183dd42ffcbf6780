using Bayou.Definitions;
using Bayou.GrainHost.Testing;
using Bayou.Sources;
using Bayou.Status;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

public class StaleStateTests
{
    [Fact]
    public async Task Partition_that_cannot_note_a_lost_range_because_its_state_is_stale_goes_instead_of_stopping()
    {
        await using var fixture = Create(1);
        var definition = Define("a");
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(definition with { Source = definition.Source with { OnDataLoss = DataLossPolicy.Continue } });
        fixture.Topic.Add(0, Event("a", "000"));
        await fixture.UntilRowsAsync("a", 1);
        var older = GrainActivations.Of(fixture.Silo, fixture.Partition(0)).Single();
        await GrainActivations.DuplicateAsync(fixture.Silo, fixture.Partition(0));
        await fixture.Partition(0).RecordLostAsync(new OffsetRange(0, 0));
        older.ReceiveCalls();

        var state = PartitionState.Running;
        for (var lost = 1; GrainActivations.Of(fixture.Silo, fixture.Partition(0)).Count > 1 && state != PartitionState.Stopped; lost++)
        {
            fixture.Topic.ReadFailure ??= new SourceException(SourceErrorKind.Truncated, "A range was replaced.") { Lost = new OffsetRange(0, lost) };
            state = (await fixture.Partition(0).GetStatusAsync()).State;
        }

        Assert.NotEqual(PartitionState.Stopped, state);
        fixture.Topic.Add(0, Event("a", "001"));
        await fixture.UntilRowsAsync("a", 2);
        Assert.Equal(["000", "001"], fixture.Ids("a"));
    }
}
