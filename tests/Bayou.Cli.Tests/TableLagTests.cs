using Bayou.Console.Rendering;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Status;

namespace Bayou.Cli.Tests;

public class TableLagTests
{
    [Fact]
    public void Of_rows_in_memory_is_counted_from_the_cursor() => Assert.Equal(20, Lag(Cursor(80, 90)));

    [Fact]
    public void Of_nothing_in_memory_is_the_partitions_own() => Assert.Equal(10, Lag(Cursor(80, 80)));

    [Fact]
    public void Of_nothing_in_memory_and_behind_is_counted_from_the_cursor() => Assert.Equal(20, Lag(Cursor(80, 80) with { Behind = true }));

    [Fact]
    public void Of_cursor_ahead_of_its_partition_is_counted_from_the_cursor() => Assert.Equal(5, Lag(Cursor(95, 95)));

    [Fact]
    public void Of_older_generation_does_not_count() => Assert.Equal(0, Lag(Cursor(80, 90), Cursor(100, 100, generation: 2)));

    [Fact]
    public void Of_unknown_end_is_unknown() =>
        Assert.Equal(-1, TableLag.Of(Table(Cursor(80, 90)), Statuses.Create() with { Partitions = [Statuses.Create().Partitions[0] with { HighWatermark = -1 }] }));

    private static long Lag(params CursorStatus[] cursors) => TableLag.Of(Table(cursors), Statuses.Create());

    private static TableStatus Table(params CursorStatus[] cursors) => new() { Name = "orders", State = TableState.Live, Cursors = cursors };

    private static CursorStatus Cursor(long next, long accepted, int generation = 1) =>
        new() { Key = new CursorKey(new TopicPartition("events", 0), generation), NextOffset = next, AcceptedOffset = accepted };
}
