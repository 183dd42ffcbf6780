using Bayou.Status;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

public class PipelineTests
{
    [Fact]
    public async Task Start_events_of_two_types_become_rows_of_two_tables()
    {
        await using var fixture = Create();
        for (var i = 0; i < 10; i++) fixture.Topic.Add(i % 2, Event(i % 3 == 0 ? "a" : "b", $"e{i}"));

        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.UntilRowsAsync("a", 4);
        await fixture.UntilRowsAsync("b", 6);

        Assert.Equal(["e0", "e3", "e6", "e9"], fixture.Ids("a"));
        Assert.Equal(["e1", "e2", "e4", "e5", "e7", "e8"], fixture.Ids("b"));
        Assert.Empty(fixture.Ids("quarantine"));
    }

    [Fact]
    public async Task Start_bounded_run_completes_with_every_cursor_at_the_end()
    {
        await using var fixture = Create();
        for (var i = 0; i < 10; i++) fixture.Topic.Add(i % 2, Event("a", $"e{i}"));
        var definition = Define("a", "b");

        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(definition with { Source = definition.Source with { EndAtLatest = true } });
        var status = await fixture.UntilStatusAsync(status => status.State == PipelineState.Completed);

        Assert.All(status.Tables, table => Assert.Equal([5L, 5L], table.Cursors.Select(cursor => cursor.NextOffset)));
        Assert.Equal(10, fixture.Ids("a").Length);
    }

    [Fact]
    public async Task Start_without_an_end_after_a_bounded_run_goes_on_behind_it()
    {
        await using var fixture = Create(1);
        fixture.Topic.Add(0, Event("a", "before"));
        var definition = Define("a");
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(definition with { Source = definition.Source with { EndAtLatest = true } });
        await fixture.UntilStatusAsync(status => status.State == PipelineState.Completed);

        fixture.Topic.Add(0, Event("a", "after"));
        await fixture.Grain.StartAsync(definition);
        await fixture.UntilRowsAsync("a", 2);

        Assert.Equal(["after", "before"], fixture.Ids("a"));
    }

    [Fact]
    public async Task Read_fails_in_an_unknown_way_the_partition_tries_again()
    {
        await using var fixture = Create(1);
        fixture.Topic.ReadFailure = new InvalidOperationException("Something that nobody thought of.");
        fixture.Topic.Add(0, Event("a", "one"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));

        await fixture.UntilRowsAsync("a", 1);

        var status = await fixture.UntilStatusAsync(status => status.Partitions.Length == 1);
        Assert.Equal(PartitionState.Running, status.Partitions[0].State);
    }

    [Fact]
    public async Task Start_changed_policy_while_a_table_is_being_asked_the_partition_begins_again()
    {
        await using var fixture = Create(1);
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        fixture.Topic.Add(0, Event("a", "before"));
        await fixture.UntilRowsAsync("a", 1);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Destination.Reading = (owner, cancellationToken) =>
        {
            if (owner != "a") return Task.CompletedTask;
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        };
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        fixture.Destination.Reading = (_, _) => Task.CompletedTask;

        await fixture.Grain.StartAsync(Define("a") with { Tables = [Table("a") with { Commit = new() { Every = TimeSpan.FromMilliseconds(10) } }] });
        await Task.Delay(500);
        fixture.Topic.Add(0, Event("a", "after"));
        await fixture.UntilRowsAsync("a", 2);

        Assert.Equal(["after", "before"], fixture.Ids("a"));
    }

    [Fact]
    public async Task Start_bounded_run_of_tables_that_commit_once_an_hour_completes_all_the_same()
    {
        await using var fixture = Create();
        for (var i = 0; i < 10; i++) fixture.Topic.Add(i % 2, Event("a", $"e{i}"));
        var definition = Define("a");
        var hourly = definition.Tables[0] with { Commit = new Definitions.CommitPolicy { Every = TimeSpan.FromHours(1) } };

        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(definition with { Source = definition.Source with { EndAtLatest = true }, Tables = [hourly] });
        await fixture.UntilStatusAsync(status => status.State == PipelineState.Completed);

        Assert.Equal(10, fixture.Ids("a").Length);
    }

    [Fact]
    public async Task Start_bad_and_unmatched_records_go_to_quarantine_and_the_rest_goes_on()
    {
        await using var fixture = Create(1);
        fixture.Topic.Add(0, Event("a", "good"));
        fixture.Topic.Add(0, """{"type":"a","n":1}""");
        fixture.Topic.Add(0, "no json");
        fixture.Topic.Add(0, Event("nobody", "x"));
        fixture.Topic.Add(0, Event("a", "good2"));

        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        await fixture.UntilRowsAsync("a", 2);
        await fixture.UntilRowsAsync("quarantine", 3);

        Assert.Equal(["good", "good2"], fixture.Ids("a"));
        Assert.Equal([1L, 2L, 3L], fixture.Destination.Rows("quarantine").Select(row => row.Offset).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_in_the_middle_nothing_is_lost_or_doubled(bool stateIsLost)
    {
        await using var fixture = Create();
        for (var i = 0; i < 1000; i++) fixture.Topic.Add(i % 2, Event(i % 2 == 0 ? "a" : "b", $"e{i:0000}"));

        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.UntilRowsAsync("a", 1);
        await fixture.KillSiloAsync();
        if (stateIsLost) fixture.LoseState();
        for (var i = 1000; i < 2000; i++) fixture.Topic.Add(i % 2, Event(i % 2 == 0 ? "b" : "a", $"e{i:0000}"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.UntilRowsAsync("a", 1000);
        await fixture.UntilRowsAsync("b", 1000);

        Assert.Equal(Enumerable.Range(0, 2000).Select(i => $"e{i:0000}"), fixture.Ids("a").Concat(fixture.Ids("b")).Order(StringComparer.Ordinal));
    }
}
