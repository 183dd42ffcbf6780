using Bayou.Definitions;
using Bayou.Simulation.Tests.Host;
using Bayou.Simulation.Tests.World;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Status;

namespace Bayou.Simulation.Tests.Scenarios;

/// <summary>What a definite course of events comes to, on simulated time.</summary>
public class ScenarioTests
{
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(25);

    [Fact]
    public Task Table_whose_commits_take_long_but_that_keeps_up_never_falls_behind() => OwnThread.RunAsync(() =>
    {
        var world = CreateRunning(2);
        world.Destination.CallTimes["a"] = TimeSpan.FromSeconds(1.5);

        ProduceFor(world, TimeSpan.FromMinutes(5), _ => true);

        Assert.Equal("", world.RestAndCheck(s_calm) ?? "");
        Assert.Empty(world.FellBehind);
    });

    [Fact]
    public Task Table_slower_than_the_others_in_every_peak_stays_behind_for_longer_each_time() => OwnThread.RunAsync(() =>
    {
        var world = CreateRunning(2, tableBytes: 1400);
        world.Destination.CallTimes["a"] = TimeSpan.FromSeconds(3);
        var began = world.Time.Now;

        // A peak in each of thirty minutes, between which it catches up.
        ProduceFor(world, TimeSpan.FromMinutes(30), at => (int)(at - began).TotalSeconds % 60 < 4);

        // It returns after each of the first peaks, and then stays behind for 80, 160, 320 and 600 s at least, so that it meets a peak again only after them.
        Assert.Equal("", world.RestAndCheck(s_calm) ?? "");
        Assert.Equal([0, 1, 2, 3, 4, 6, 9, 15, 26], world.FellBehind.Select(time => (int)(time.At - began).TotalSeconds / 60));
    });

    [Fact]
    public Task Retention_about_to_pass_the_cursor_of_a_table_that_is_behind_is_told_before_it_happens_and_then_the_table_stops() => OwnThread.RunAsync(() =>
    {
        var world = CreateRunning(2);
        for (var i = 0; i < 100; i++) world.Produce(0, i % 2 == 0 ? "a" : "b");
        world.Until(_ => Offsets(world, "a").Count() == 50);
        world.Operator.SetPaused("a", true);
        world.Until(status => status.Tables[0].State == TableState.Paused);
        for (var i = 0; i < 400; i++) world.Produce(0, i % 2 == 0 ? "a" : "b");
        world.Until(status => status.Partitions is [{ NextOffset: 500, Behind: ["a"] }]);
        string? ReasonAt(long low)
        {
            world.Topic.Partitions[0].CutOff(low);
            return world.AskStatus()!.Partitions[0].Reason;
        }

        var (early, near) = (ReasonAt(10), ReasonAt(80));
        world.Topic.Partitions[0].CutOff(150);
        world.Operator.SetPaused("a", false);
        var stopped = world.Until(status => status.Tables[0].State == TableState.Stopped);
        world.Produce(0, "b");
        world.Until(_ => Offsets(world, "b").Count() == 251);

        Assert.Equal("Behind here: a is paused or stopped.", early);
        Assert.Equal("Behind here: a is paused or stopped. ALARM: the source's retention is about to pass the cursor of a; what it deletes first is lost to them.", near);
        Assert.StartsWith("Offsets [100, 150) of partition events/0 are gone from the source before table a had them", stopped.Tables[0].Reason);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => 2L * i), Offsets(world, "a"));
        Assert.Equal(Enumerable.Range(0, 250).Select(i => 2L * i + 1).Append(500), Offsets(world, "b"));
    });

    [Fact]
    public Task Start_that_is_not_stored_yet_no_table_begins() => OwnThread.RunAsync(() =>
    {
        var world = Create(2);
        world.Storage.WriteTime = TimeSpan.FromSeconds(5);
        world.Operator.Start(world.Tables.Definition(1));
        world.Operator.Begin();
        world.RunFor(TimeSpan.FromSeconds(1));
        world.Silo.Duplicate(world.Silo.TableId("a"));
        world.RunFor(TimeSpan.FromSeconds(2));

        Assert.Null(world.Storage.Pipeline);
        Assert.Null(world.Destination.Of("a", "a").State.Definition);
        Assert.Equal("", world.RestAndCheck(s_calm) ?? "");
    });

    [Fact]
    public Task Pause_of_a_table_that_is_just_opening_holds() => OwnThread.RunAsync(() =>
    {
        var world = Create(2);
        world.Destination.CallTimes["a"] = TimeSpan.FromSeconds(5);
        world.Operator.Start(world.Tables.Definition(1));
        world.Operator.Begin();
        world.RunFor(TimeSpan.FromSeconds(12)); // the start itself looks at the sink for ten seconds
        var pausing = world.Silo.Pipeline.PauseAsync("a");
        world.LoseCalls("IPipelineGrain.ReviveAsync");
        world.RunFor(TimeSpan.FromMinutes(1));
        for (var i = 0; i < 10; i++) world.Produce(0, i % 2 == 0 ? "a" : "b");
        world.RunFor(TimeSpan.FromMinutes(1));

        Assert.True(pausing.IsCompletedSuccessfully);
        Assert.Equal(TableState.Paused, world.AskStatus()!.Tables[0].State);
        Assert.Empty(Offsets(world, "a"));
        Assert.Equal([1, 3, 5, 7, 9], Offsets(world, "b"));
    });

    [Fact]
    public Task Change_of_the_definition_a_commit_from_before_lands_late_the_change_is_tried_again() => OwnThread.RunAsync(() =>
    {
        var world = CreateRunning(2);
        for (var i = 0; i < 50; i++) world.Produce(0, "b");
        world.Until(_ => Offsets(world, "b").Count() == 50);
        world.Destination.CallTimes["a"] = TimeSpan.FromSeconds(5);
        world.Tables.Change(new Random(1));
        world.Operator.Start(world.Tables.Definition(2));
        var own = world.Destination.Of("a", "a");
        while (own.State.Definition is not { To: 2 }) world.RunFor(TimeSpan.FromMilliseconds(100));

        // It has been read by then what table a still lacks, and its commit is on its way.
        world.RunFor(TimeSpan.FromSeconds(17));
        var key = new CursorKey(new TopicPartition(SimulatedTopic.Name, 0), 1);
        Assert.Equal(0, own.State.Cursors[key]);
        var moved = own.Apply(new SinkCommit
        {
            Batch = new SinkBatch { Id = "late", Rows = [] },
            ExpectedDefinition = own.State.Definition,
            Definition = own.State.Definition!,
            Cursors = [new CursorMove(key, 0, 7)],
        }, []);
        for (var i = 0; i < 50; i++) world.Produce(0, i % 2 == 0 ? "a" : "b");

        Assert.True(moved.Committed);
        Assert.Equal("", world.RestAndCheck(s_calm) ?? "");
    });

    [Fact]
    public Task Table_that_opens_while_the_definition_changes_and_hears_nothing_of_it_opens_again() => OwnThread.RunAsync(() =>
    {
        var world = CreateRunning(2);
        world.Until(status => status.Tables.All(table => table.State == TableState.Live));
        world.Destination.CallTimes["a"] = TimeSpan.FromMinutes(10);
        world.Silo.Kill(world.Silo.TableId("a"), keepRunning: false);
        world.Produce(0, "a");
        world.RunFor(TimeSpan.FromSeconds(30));
        world.Destination.CallTimes.Clear();
        world.LoseCalls("ITableGrain.ReleaseAsync");
        world.Tables.Change(new Random(1));
        world.Operator.Start(world.Tables.Definition(2));

        world.RunFor(TimeSpan.FromMinutes(11));

        Assert.Equal(2, world.Storage.Pipeline!.Version);
        Assert.Equal("", world.RestAndCheck(s_calm) ?? "");
    });

    private static SimulatedWorld Create(int tables, long tableBytes = 64 << 10) => new(new WorldSetup
    {
        Seed = 1,
        Faults = Faults.None,
        Tables = new SimulatedTables(tables, DataLossPolicy.Stop),
        Partitions = 1,
        TableBytes = tableBytes,
    });

    private static SimulatedWorld CreateRunning(int tables, long tableBytes = 64 << 10)
    {
        var world = Create(tables, tableBytes);
        world.Operator.Start(world.Tables.Definition(1));
        world.Operator.Begin();
        world.RunFor(TimeSpan.FromSeconds(3));
        return world;
    }

    private static void ProduceFor(SimulatedWorld world, TimeSpan time, Func<TimeSpan, bool> when)
    {
        for (var end = world.Time.Now + time; world.Time.Now < end; world.RunFor(TimeSpan.FromMilliseconds(100)))
            for (var i = 0; i < 8 && when(world.Time.Now); i++) world.Produce(0, i % 2 == 0 ? "a" : "b");
    }

    private static IEnumerable<long> Offsets(SimulatedWorld world, string table) => world.Destination.Of(table, table).Rows.Select(row => row.Offset);
}
