using Bayou.Sinks;
using Bayou.Status;
using static Bayou.Cluster.Tests.PipelineFixture;

namespace Bayou.Cluster.Tests;

public class CatchUpTests
{
    [Fact]
    public async Task Pause_table_others_go_on_and_resume_brings_it_up_to_date()
    {
        await using var fixture = Create(1);
        fixture.Topic.Add(0, Event("a", "a0"));
        fixture.Topic.Add(0, Event("b", "b0"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.UntilRowsAsync("a", 1);

        await fixture.Grain.PauseAsync("a");
        for (var i = 1; i < 100; i++) fixture.Topic.Add(0, Event(i % 2 == 0 ? "a" : "b", $"{i:000}"));
        await fixture.UntilRowsAsync("b", 51);
        Assert.Single(fixture.Ids("a"));

        await fixture.Grain.ResumeAsync("a");
        await fixture.UntilRowsAsync("a", 50);
        var status = await fixture.UntilStatusAsync(status => status.Tables.All(table => table.State == TableState.Live));
        Assert.Equal(50, fixture.Ids("a").Distinct().Count());
        Assert.Equal(50, fixture.Ids("a").Length);
        Assert.All(status.Partitions, partition => Assert.Empty(partition.Behind));
    }

    [Fact]
    public async Task Catch_up_slower_than_the_hold_is_live_again_where_no_record_comes_any_more()
    {
        await using var fixture = Create(1);
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.Grain.PauseAsync("a");
        for (var i = 0; i < 100; i++) fixture.Topic.Add(0, Event(i % 2 == 0 ? "a" : "b", $"{i:000}"));
        await fixture.UntilRowsAsync("b", 50);
        await fixture.UntilStatusAsync(status => status.Partitions is [{ Behind: ["a"], NextOffset: 100 }]);

        fixture.Topic.CatchUpDelay = TimeSpan.FromSeconds(1.5);
        await fixture.Grain.ResumeAsync("a");

        await fixture.UntilRowsAsync("a", 50);
        await fixture.UntilStatusAsync(status => status.Tables.All(table => table.State == TableState.Live));
        Assert.Equal(50, fixture.Ids("a").Distinct().Count());
    }

    [Fact]
    public async Task Pause_survives_a_restart_of_the_pipeline()
    {
        await using var fixture = Create(1);
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));
        await fixture.Grain.PauseAsync("a");
        await fixture.Grain.StopAsync();
        await fixture.UntilStatusAsync(status => status.State == PipelineState.Stopped);

        var result = await fixture.Grain.StartAsync(Define("a", "b"));

        Assert.Equal(["a"], result.PausedTables);
        await fixture.UntilStatusAsync(status => status.Tables.Length == 3 && status.Tables[0].State == TableState.Paused);
    }

    [Fact]
    public async Task Sink_that_fails_for_long_does_not_stop_the_others_and_catches_up()
    {
        await using var fixture = Create(1);
        var broken = true;
        fixture.Destination.Before = owner => owner == "a" && broken ? throw new SinkException(SinkErrorKind.Transient, "The disk is full.") : Task.CompletedTask;
        for (var i = 0; i < 100; i++) fixture.Topic.Add(0, Event(i % 2 == 0 ? "a" : "b", $"{i:000}"));
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a", "b"));

        await fixture.UntilRowsAsync("b", 50);
        var status = await fixture.UntilStatusAsync(status => status.Tables[0].State == TableState.Retrying);
        Assert.StartsWith("The disk is full.", status.Tables[0].Reason);
        Assert.Empty(fixture.Ids("a"));

        broken = false;
        await fixture.UntilRowsAsync("a", 50);
        await fixture.UntilStatusAsync(status => status.Tables.All(table => table.State == TableState.Live));
        Assert.Equal(50, fixture.Ids("a").Distinct().Count());
    }

    [Fact]
    public async Task Commit_that_lands_but_loses_its_answer_is_not_repeated()
    {
        await using var fixture = Create(1);
        var lost = 0;
        fixture.Destination.After = owner => owner == "a" && Interlocked.Increment(ref lost) % 2 == 0
            ? throw new TimeoutException("The answer is lost.") : Task.CompletedTask;
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        for (var i = 0; i < 20; i++)
        {
            fixture.Topic.Add(0, Event("a", $"{i:000}"));
            await fixture.UntilRowsAsync("a", i + 1);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i:000}"), fixture.Destination.Rows("a").Select(row => row.First));
    }

    [Fact]
    public async Task Another_writer_moves_the_sink_the_table_is_fenced_and_goes_on_from_there()
    {
        await using var fixture = Create(1);
        await fixture.StartSiloAsync();
        await fixture.Grain.StartAsync(Define("a"));
        fixture.Topic.Add(0, Event("a", "000"));
        await fixture.UntilRowsAsync("a", 1);

        var stored = fixture.Destination.Of("a", "a");
        var key = stored.State.Cursors.Keys.Single();
        var stolen = stored.Apply(new SinkCommit
        {
            Batch = new SinkBatch { Id = "stolen", Rows = [] },
            ExpectedDefinition = stored.State.Definition,
            Definition = stored.State.Definition!,
            Cursors = [new CursorMove(key, 1, 3)],
        });
        for (var i = 1; i < 5; i++) fixture.Topic.Add(0, Event("a", $"{i:000}"));
        await fixture.UntilRowsAsync("a", 3);

        Assert.True(stolen.Committed);
        Assert.Equal(["000", "003", "004"], fixture.Ids("a"));
    }
}
