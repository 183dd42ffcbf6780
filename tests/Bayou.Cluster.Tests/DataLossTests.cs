using Bayou.Definitions;
using Bayou.Pipelines;
using Bayou.Sources;
using Bayou.Status;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

public class DataLossTests
{
    [Fact]
    public async Task Retention_passes_the_position_the_partition_stops_and_names_the_range()
    {
        await using var fixture = Create(2);
        await RestartWithLossAsync(fixture, Define("a"));

        var status = await fixture.UntilStatusAsync(status => status.Partitions.Any(partition => partition.State == PartitionState.Stopped));
        fixture.Topic.Add(1, Event("a", "other"));
        await fixture.UntilRowsAsync("a", 4);

        Assert.Contains("Offsets [3, 7) of partition events/0 are gone", status.Partitions[0].Reason);
        Assert.Equal(PartitionState.Running, status.Partitions[1].State);
        Assert.Equal(["000", "001", "002", "other"], fixture.Ids("a"));
    }

    [Fact]
    public async Task Retention_passes_the_position_with_continue_the_range_is_kept_and_reading_goes_on()
    {
        await using var fixture = Create(2);
        var definition = Define("a");
        await RestartWithLossAsync(fixture, definition with { Source = definition.Source with { OnDataLoss = DataLossPolicy.Continue } });

        await fixture.UntilRowsAsync("a", 6);
        var status = await fixture.UntilStatusAsync(status => status.Partitions.All(partition => partition.State == PartitionState.Running));

        Assert.Equal([new OffsetRange(3, 7)], status.Partitions[0].Lost);
        Assert.Equal(["000", "001", "002", "007", "008", "009"], fixture.Ids("a"));
    }

    [Fact]
    public async Task Retention_passes_a_table_that_is_behind_only_that_table_stops()
    {
        await using var fixture = Create(1);
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.Grain.PauseAsync("a");
        for (var i = 0; i < 10; i++) fixture.Topic.Add(0, Event(i % 2 == 0 ? "a" : "b", $"{i:000}"));
        await fixture.UntilRowsAsync("b", 5);
        await fixture.UntilStatusAsync(status => status.Partitions[0].NextOffset == 10);

        fixture.Topic.CutOff(0, 6);
        await fixture.Grain.ResumeAsync("a");
        var status = await fixture.UntilStatusAsync(status => status.Tables[0].State == TableState.Stopped);
        fixture.Topic.Add(0, Event("b", "010"));
        await fixture.UntilRowsAsync("b", 6);

        Assert.StartsWith("Offsets [0, 6) of partition events/0 are gone from the source before table a had them", status.Tables[0].Reason);
        Assert.Empty(fixture.Ids("a"));
    }

    [Fact]
    public async Task Source_replaces_what_was_read_the_partition_stops_and_names_the_range()
    {
        await using var fixture = Create(1);
        await ReadThreeAsync(fixture, Define("a"));

        fixture.Topic.ReadFailure = Truncated();
        var status = await fixture.UntilStatusAsync(status => status.Partitions[0].State == PartitionState.Stopped);

        Assert.Contains("[1, 3) was replaced", status.Partitions[0].Reason);
        Assert.Contains("onDataLoss: continue", status.Partitions[0].Reason);
    }

    [Fact]
    public async Task Source_replaces_what_was_read_with_continue_the_range_is_kept_and_reading_goes_on()
    {
        await using var fixture = Create(1);
        var definition = Define("a");
        await ReadThreeAsync(fixture, definition with { Source = definition.Source with { OnDataLoss = DataLossPolicy.Continue } });

        fixture.Topic.ReadFailure = Truncated();
        var status = await fixture.UntilStatusAsync(status => status.Partitions[0].Lost.Length > 0);
        fixture.Topic.Add(0, Event("a", "003"));
        await fixture.UntilRowsAsync("a", 4);

        Assert.Equal([new OffsetRange(1, 3)], status.Partitions[0].Lost);
        Assert.Equal(["000", "001", "002", "003"], fixture.Ids("a"));
    }

    [Fact]
    public async Task Restart_where_reading_ended_tells_the_source_the_epoch_that_was_read()
    {
        await using var fixture = Create(1);
        fixture.Topic.LeaderEpoch = 7;
        await ReadThreeAsync(fixture, Define("a"));
        await fixture.StopSiloAsync();
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        fixture.Topic.Add(0, Event("a", "003"));
        await fixture.UntilRowsAsync("a", 4);

        Assert.Equal([(0, 0, -1), (0, 3, 7)], fixture.Topic.Opened);
    }

    [Fact]
    public async Task Source_that_is_back_with_nothing_to_read_is_running()
    {
        await using var fixture = Create(1);
        await ReadThreeAsync(fixture, Define("a"));

        fixture.Topic.ReadFailure = new SourceException(SourceErrorKind.Transient, "No broker answers.");
        var retrying = await fixture.UntilStatusAsync(status => status.Partitions[0].State == PartitionState.Retrying);
        var running = await fixture.UntilStatusAsync(status => status.Partitions[0].State == PartitionState.Running);

        Assert.StartsWith("No broker answers.", retrying.Partitions[0].Reason);
        Assert.Null(running.Partitions[0].Reason);
    }

    [Fact]
    public async Task Topic_of_another_cluster_is_refused_at_the_start()
    {
        await using var fixture = Create(1);
        fixture.Topic.Add(0, Event("a", "000"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await fixture.UntilRowsAsync("a", 1);
        await fixture.StopSiloAsync();

        fixture.Topic.ClusterId = "cluster-b";
        await fixture.StartSiloAsync();
        var refused = await Assert.ThrowsAsync<PipelineException>(() => fixture.Grain.StartAsync(Define("a")));

        Assert.Contains("cluster cluster-b", refused.Message);
        Assert.Contains("cluster cluster-a", refused.Message);
    }

    [Fact]
    public async Task Topic_ends_below_the_cursor_the_partition_stops_and_nothing_is_read()
    {
        await using var fixture = Create(1);
        for (var i = 0; i < 5; i++) fixture.Topic.Add(0, Event("a", $"{i:000}"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await fixture.UntilRowsAsync("a", 5);
        await fixture.StopSiloAsync();

        fixture.Topic.MakeAgain();
        fixture.Topic.Add(0, Event("a", "new"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        var status = await fixture.UntilStatusAsync(status => status.Partitions is [{ State: PartitionState.Stopped }]);

        Assert.Contains("ends at 1, below the position 5", status.Partitions[0].Reason);
        Assert.Equal(5, fixture.Ids("a").Length);
    }

    [Fact]
    public async Task Gaps_in_offsets_are_no_loss()
    {
        await using var fixture = Create(1);
        for (var i = 0; i < 10; i++) fixture.Topic.Add(0, i % 3 == 0 ? Event("a", $"{i:000}") : null);
        var definition = Define("a");
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(definition with { Source = definition.Source with { EndAtLatest = true } });
        var status = await fixture.UntilStatusAsync(status => status.State == PipelineState.Completed);

        Assert.Equal(["000", "003", "006", "009"], fixture.Ids("a"));
        Assert.Empty(status.Partitions[0].Lost);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(10)]
    public async Task Retention_passes_a_table_that_is_behind_when_the_definition_changes_the_range_is_kept_and_the_new_version_is_taken(long low)
    {
        await using var fixture = Create(1);
        await FallBehindAsync(fixture, Continuing(Define("a", "b")));

        fixture.Topic.CutOff(0, low);
        await fixture.Grain.StartAsync(Continuing(Define("a", "b", "c")));
        var status = await fixture.UntilStatusAsync(status => status.DefinitionVersion == 2 && status.Partitions is [{ State: PartitionState.Running }]);

        Assert.Equal([new OffsetRange(0, low)], status.Partitions[0].Lost);
        Assert.Equal(Enumerable.Range(0, 10).Where(i => i % 2 == 0 && i >= low).Select(i => $"{i:000}"), fixture.Ids("a"));
        Assert.Equal(10, fixture.Destination.Of("a", "a").State.Cursors.Values.Single());
    }

    [Fact]
    public async Task Retention_passes_a_table_that_is_behind_when_the_definition_changes_with_stop_the_range_is_named_and_an_operator_may_go_on()
    {
        await using var fixture = Create(1);
        await FallBehindAsync(fixture, Define("a", "b"));

        fixture.Topic.CutOff(0, 6);
        await fixture.Grain.StartAsync(Define("a", "b", "c"));
        var refused = await fixture.UntilStatusAsync(status => status.Reason?.Contains("are gone from the source", StringComparison.Ordinal) == true);
        await fixture.Grain.StartAsync(Continuing(Define("a", "b", "c")));
        var status = await fixture.UntilStatusAsync(status => status.DefinitionVersion == 2 && status.Partitions is [{ State: PartitionState.Running }]);

        Assert.Contains("Offsets [0, 6) of partition events/0 are gone from the source before table a had them", refused.Reason);
        Assert.Equal(1, refused.DefinitionVersion);
        Assert.Equal([new OffsetRange(0, 6)], status.Partitions[0].Lost);
        Assert.Equal(["006", "008"], fixture.Ids("a"));
    }

    private static PipelineDefinition Continuing(PipelineDefinition definition) =>
        definition with { Source = definition.Source with { OnDataLoss = DataLossPolicy.Continue } };

    private static async Task FallBehindAsync(PipelineFixture fixture, PipelineDefinition definition)
    {
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(definition);
        await fixture.Grain.PauseAsync("a");
        for (var i = 0; i < 10; i++) fixture.Topic.Add(0, Event(i % 2 == 0 ? "a" : "b", $"{i:000}"));
        await fixture.UntilRowsAsync("b", 5);
        await fixture.UntilStatusAsync(status => status.Partitions[0].NextOffset == 10);
    }

    private static async Task RestartWithLossAsync(PipelineFixture fixture, PipelineDefinition definition)
    {
        for (var i = 0; i < 3; i++) fixture.Topic.Add(0, Event("a", $"{i:000}"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(definition);
        await fixture.UntilRowsAsync("a", 3);
        await fixture.StopSiloAsync();
        for (var i = 3; i < 10; i++) fixture.Topic.Add(0, Event("a", $"{i:000}"));
        fixture.Topic.CutOff(0, 7);
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(definition);
    }

    private static async Task ReadThreeAsync(PipelineFixture fixture, PipelineDefinition definition)
    {
        for (var i = 0; i < 3; i++) fixture.Topic.Add(0, Event("a", $"{i:000}"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(definition);
        await fixture.UntilRowsAsync("a", 3);
    }

    private static SourceException Truncated() => new(SourceErrorKind.Truncated, "Range [1, 3) was replaced.") { Lost = new OffsetRange(1, 3) };
}
