using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Grains.Tables;

/// <summary>What an <see cref="ISinkCursorGrain"/> stores. Losing it makes the table begin at its start again.</summary>
[GenerateSerializer, Alias("bayou.SinkCursorGrainState")]
public sealed class SinkCursorGrainState
{
    /// <summary>The definition that the sink is under; null when nothing was ever committed.</summary>
    [Id(0)] public DefinitionStamp? Definition { get; set; }

    /// <summary>The cursors.</summary>
    [Id(1)] public List<StoredCursor> Cursors { get; set; } = [];

    /// <summary>The sources that the cursors stand for.</summary>
    [Id(2)] public List<SourceIdentity> Sources { get; set; } = [];

    /// <summary>Id of the batch of the last change.</summary>
    [Id(3)] public string? LastBatch { get; set; }

    internal static SinkCursorGrainState Of(SinkCursors cursors) => new()
    {
        Definition = cursors.State.Definition,
        Cursors = [.. cursors.State.Cursors.Select(cursor => new StoredCursor { Topic = cursor.Key.Partition.Topic, Partition = cursor.Key.Partition.Partition, Generation = cursor.Key.Generation, Next = cursor.Value })],
        Sources = [.. cursors.State.Sources],
        LastBatch = cursors.LastBatch,
    };

    internal SinkCursors ToCursors() => new()
    {
        State = new SinkState
        {
            Definition = Definition,
            Cursors = Cursors.ToDictionary(cursor => new CursorKey(new TopicPartition(cursor.Topic, cursor.Partition), cursor.Generation), cursor => cursor.Next),
            Sources = [.. Sources],
        },
        LastBatch = LastBatch,
    };
}
