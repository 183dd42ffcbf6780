using Bayou.Definitions;
using Bayou.Pipelines;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

public class TakeOverTests
{
    [Fact]
    public async Task Start_changed_definition_old_records_by_old_routes_and_new_ones_by_new()
    {
        await using var fixture = Create(2);
        for (var i = 0; i < 20; i++) fixture.Topic.Add(i % 2, Event(i % 4 < 2 ? "a" : "c", $"{i:000}"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.UntilRowsAsync("a", 10);
        await fixture.UntilRowsAsync("quarantine", 10);

        var result = await fixture.Grain.StartAsync(Define("a", "c"));
        for (var i = 20; i < 40; i++) fixture.Topic.Add(i % 2, Event(i % 4 < 2 ? "a" : "c", $"{i:000}"));
        await fixture.UntilRowsAsync("c", 10);
        await fixture.UntilRowsAsync("a", 20);
        var status = await fixture.UntilStatusAsync(status => status.DefinitionVersion == 2);

        Assert.Equal((2, true), (result.Version, result.NewVersion));
        Assert.Equal(["a", "c", QuarantineTable.Name], status.Tables.Select(table => table.Name));
        Assert.Equal(20, fixture.Ids("a").Distinct().Count());
        Assert.Equal(Enumerable.Range(20, 20).Where(i => i % 4 >= 2).Select(i => $"{i:000}"), fixture.Ids("c"));
        Assert.Equal(10, fixture.Ids("quarantine").Length);
    }

    [Fact]
    public async Task Start_tables_in_another_order_is_no_new_version_and_rows_go_where_they_belong()
    {
        await using var fixture = Create(1);
        fixture.Topic.Add(0, Event("a", "a0"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.UntilRowsAsync("a", 1);

        var result = await fixture.Grain.StartAsync(Define("b", "a"));
        fixture.Topic.Add(0, Event("b", "b0"));
        fixture.Topic.Add(0, Event("a", "a1"));
        await fixture.UntilRowsAsync("a", 2);
        await fixture.UntilRowsAsync("b", 1);

        Assert.False(result.NewVersion);
        Assert.Equal(["a0", "a1"], fixture.Ids("a"));
        Assert.Equal(["b0"], fixture.Ids("b"));
    }

    [Fact]
    public async Task Start_table_that_was_removed_and_comes_back_at_its_old_place_is_refused()
    {
        await using var fixture = Create(1);
        fixture.Topic.Add(0, Event("a", "a0"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.UntilStatusAsync(status => status.Tables.Length == 3 && status.Tables.All(table => table.Cursors.Length == 1));
        await fixture.Grain.StartAsync(Define("a"));
        await fixture.UntilStatusAsync(status => status.DefinitionVersion == 2);

        var refused = await Assert.ThrowsAsync<PipelineException>(() => fixture.Grain.StartAsync(Define("a", "b")));
        fixture.Topic.Add(0, Event("a", "a1"));
        await fixture.UntilRowsAsync("a", 2);

        Assert.StartsWith("Table b was part of pipeline shop up to version 1", refused.Message);
        Assert.Equal(2, (await fixture.Grain.GetStatusAsync()).DefinitionVersion);
    }

    [Fact]
    public async Task Start_added_table_with_backfill_gets_what_came_before()
    {
        await using var fixture = Create(1);
        for (var i = 0; i < 20; i++) fixture.Topic.Add(0, Event(i % 2 == 0 ? "a" : "c", $"{i:000}"));
        var first = Define("a") with { Route = new RouteDefinition { Field = ["type"], Unmatched = RouteDefinition.Filter } };
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(first);
        await fixture.UntilRowsAsync("a", 10);

        await fixture.Grain.StartAsync(first with { Tables = [.. first.Tables, Table("c") with { Backfill = true }] });
        await fixture.UntilRowsAsync("c", 10);
        fixture.Topic.Add(0, Event("a", "020"));
        await fixture.UntilRowsAsync("a", 11);

        Assert.Equal(Enumerable.Range(0, 20).Where(i => i % 2 == 1).Select(i => $"{i:000}"), fixture.Ids("c"));
        Assert.Equal(11, fixture.Ids("a").Distinct().Count());
    }

    [Fact]
    public async Task Start_renamed_table_with_previous_name_goes_on_in_the_same_sink()
    {
        await using var fixture = Create(1);
        for (var i = 0; i < 10; i++) fixture.Topic.Add(0, Event("a", $"{i:000}"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await fixture.UntilRowsAsync("a", 10);

        await fixture.Grain.StartAsync(Define("a") with { Tables = [Table("a") with { Name = "renamed", PreviousName = "a" }] });
        for (var i = 10; i < 20; i++) fixture.Topic.Add(0, Event("a", $"{i:000}"));
        await fixture.UntilRowsAsync("a", 20);

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i:000}"), fixture.Ids("a"));
    }

    [Fact]
    public async Task Start_same_definition_after_all_state_is_lost_goes_on_where_the_sinks_are()
    {
        await using var fixture = Create(1);
        for (var i = 0; i < 10; i++) fixture.Topic.Add(0, Event("a", $"{i:000}"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.UntilStatusAsync(status => status.DefinitionVersion == 2 && status.Tables.Length == 3 && status.Tables.All(table => table.Cursors.Length == 1));
        await fixture.UntilRowsAsync("a", 10);
        await fixture.KillSiloAsync();
        fixture.LoseState();

        await fixture.StartSiloAsync();
        var refused = await Assert.ThrowsAsync<PipelineException>(() => fixture.Grain.StartAsync(Define("a", "c")));
        var result = await fixture.Grain.StartAsync(Define("a", "b"));
        fixture.Topic.Add(0, Event("b", "new"));
        await fixture.UntilRowsAsync("b", 1);

        Assert.Contains("is under version 2 of pipeline shop", refused.Message);
        Assert.Equal((2, false), (result.Version, result.NewVersion));
        Assert.Equal(10, fixture.Ids("a").Distinct().Count());
        Assert.Equal(10, fixture.Ids("a").Length);
    }
}
