using Bayou.Grains.Tables;
using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Tests.Tables;

public sealed class SinkCursorChangeTests
{
    private static readonly DefinitionStamp Stamp = new() { Version = 1, Fingerprint = "f1" };
    private static readonly CursorKey Key = new(new TopicPartition("events", 0), 1);
    private static readonly CursorKey Other = new(new TopicPartition("events", 1), 1);

    [Fact]
    public void Apply_first_change_keeps_cursors_definition_sources_and_batch()
    {
        var source = new SourceIdentity { Topic = "events", ClusterId = "c" };

        var kept = Change("b1", (null, 5)) with { ExpectedDefinition = null, Sources = [source] };
        var after = kept.Apply(Empty);

        Assert.Equal(("b1", Stamp, 5L), (after.LastBatch, after.State.Definition, after.State.Cursors[Key]));
        Assert.Equal([source], after.State.Sources);
    }

    [Fact]
    public void Apply_leaves_what_it_does_not_name()
    {
        var before = Kept(3, "b0") with { State = Kept(3, "b0").State with { Cursors = new() { [Key] = 3, [Other] = 9 } } };

        var after = Change("b1", (3, 5)).Apply(before);

        Assert.Equal(new Dictionary<CursorKey, long> { [Key] = 5, [Other] = 9 }, after.State.Cursors);
        Assert.Equal(3, before.State.Cursors[Key]);
    }

    [Theory]
    [InlineData(2L)]
    [InlineData(4L)]
    [InlineData(null)]
    public void Apply_from_another_cursor_changes_nothing(long? from)
    {
        var before = Kept(3, "b0");

        Assert.Same(before, Change("b1", (from, 5)).Apply(before));
    }

    [Fact]
    public void Apply_under_another_definition_changes_nothing()
    {
        var before = Kept(3, "b0");

        Assert.Same(before, (Change("b1", (3, 5)) with { ExpectedDefinition = Stamp with { Version = 2 } }).Apply(before));
    }

    [Fact]
    public void Apply_again_changes_nothing()
    {
        var once = Change("b1", (3, 5)).Apply(Kept(3, "b0"));

        Assert.Same(once, Change("b1", (3, 5)).Apply(once));
    }

    [Fact]
    public void State_that_is_stored_is_read_back_as_it_was()
    {
        var kept = Kept(3, "b0") with { State = Kept(3, "b0").State with { Sources = [new SourceIdentity { Topic = "events" }] } };

        var back = SinkCursorGrainState.Of(kept).ToCursors();

        Assert.Equal((kept.LastBatch, kept.State.Definition), (back.LastBatch, back.State.Definition));
        Assert.Equal(kept.State.Cursors, back.State.Cursors);
        Assert.Equal(kept.State.Sources, back.State.Sources);
    }

    [Fact]
    public void Key_is_the_same_for_the_same_offsets_and_another_for_others()
    {
        CursorMove[] moves = [new(Key, 3, 5), new(Other, 0, 7)];

        var key = BatchKey.Of("shop/a/a", moves);

        Assert.Equal(key, BatchKey.Of("shop/a/a", moves.Reverse()));
        Assert.Matches("^[0-9a-f]{32}$", key);
        Assert.Equal(5, new[] { key, BatchKey.Of("shop/b/b", moves), BatchKey.Of("shop/a/a", [moves[0]]), BatchKey.Of("shop/a/a", [moves[0] with { Next = 6 }, moves[1]]), BatchKey.Of("shop/a/a", [moves[0] with { From = 4 }, moves[1]]) }.Distinct().Count());
    }

    private static SinkCursors Empty => new() { State = new SinkState { Cursors = [] } };

    private static SinkCursors Kept(long cursor, string batch) => new() { State = new SinkState { Definition = Stamp, Cursors = new() { [Key] = cursor } }, LastBatch = batch };

    private static SinkCursorChange Change(string batch, (long? From, long Next) move) => SinkCursorChange.Of(new SinkCommit
    {
        Batch = new SinkBatch { Id = batch, Rows = [] },
        ExpectedDefinition = Stamp,
        Definition = Stamp,
        Cursors = [new CursorMove(Key, move.From, move.Next)],
    });
}
