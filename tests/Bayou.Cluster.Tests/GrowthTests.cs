using Bayou.Status;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

public class GrowthTests
{
    [Fact]
    public async Task Partition_added_while_running_is_read_from_its_beginning()
    {
        await using var fixture = Create(1);
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        fixture.Topic.Add(0, Event("a", "old"));
        await fixture.UntilRowsAsync("a", 1);

        fixture.Topic.AddPartition();
        fixture.Topic.Add(1, Event("a", "new"));
        await fixture.UntilRowsAsync("a", 2);
        var status = await fixture.UntilStatusAsync(status => status.Partitions.Length == 2);

        Assert.Equal(["new", "old"], fixture.Ids("a"));
        Assert.Equal(2, status.Tables[0].Cursors.Length);
    }

    [Fact]
    public async Task Table_without_rows_does_not_hold_the_others_back_and_gets_its_row_when_it_comes()
    {
        await using var fixture = Create(1);
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "rare"));
        for (var i = 0; i < 100; i++) fixture.Topic.Add(0, Event("a", $"{i:000}"));
        await fixture.UntilRowsAsync("a", 100);
        fixture.Topic.Add(0, Event("rare", "one"));
        await fixture.UntilRowsAsync("rare", 1);

        var stored = fixture.Destination.Of("rare", "rare");
        Assert.Equal(101, stored.State.Cursors.Values.Single());
        Assert.Equal(2, stored.Commits);
        Assert.Equal(["one"], fixture.Ids("rare"));
    }

    [Fact]
    public async Task Two_pipelines_of_one_silo_read_the_same_topic_apart()
    {
        await using var fixture = Create(1);
        for (var i = 0; i < 10; i++) fixture.Topic.Add(0, Event("a", $"{i:000}"));
        var other = Define("b") with { Name = "other", Tables = [Table("b") with { Match = ["a"] }], Quarantine = Sink("other-quarantine") };
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await fixture.Of("other").StartAsync(other);
        await fixture.UntilRowsAsync("a", 10);
        await fixture.UntilRowsAsync("b", 10);

        await fixture.Of("other").StopAsync();
        while ((await fixture.Of("other").GetStatusAsync()).State != PipelineState.Stopped) await Task.Yield();
        fixture.Topic.Add(0, Event("a", "010"));
        await fixture.UntilRowsAsync("a", 11);
        var status = await fixture.UntilStatusAsync(status => status.State == PipelineState.Running);

        Assert.Equal(11, status.Tables[0].Rows);
        Assert.Equal(10, fixture.Ids("b").Length);
    }
}
