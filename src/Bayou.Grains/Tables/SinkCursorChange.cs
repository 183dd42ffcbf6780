using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Grains.Tables;

/// <summary>A change of what an <see cref="ISinkCursorGrain"/> keeps: a <see cref="SinkCommit"/> without its rows.</summary>
[GenerateSerializer, Immutable, Alias("bayou.SinkCursorChange")]
public sealed record SinkCursorChange
{
    /// <summary>Id of the batch whose rows were written before.</summary>
    [Id(0)] public required string Batch { get; init; }

    /// <summary>The definition that must be kept now.</summary>
    [Id(1)] public DefinitionStamp? ExpectedDefinition { get; init; }

    /// <summary>The definition that is kept afterwards.</summary>
    [Id(2)] public required DefinitionStamp Definition { get; init; }

    /// <summary>Where each cursor must be now; one that must not be there is not among them.</summary>
    [Id(3)] public required Dictionary<CursorKey, long> From { get; init; }

    /// <summary>Where each cursor is afterwards.</summary>
    [Id(4)] public required Dictionary<CursorKey, long> Next { get; init; }

    /// <summary>The sources that are kept afterwards; null to leave them as they are.</summary>
    [Id(5)] public SourceIdentity[]? Sources { get; init; }

    /// <summary>The change that a commit asks for.</summary>
    public static SinkCursorChange Of(SinkCommit commit) => new()
    {
        Batch = commit.Batch.Id,
        ExpectedDefinition = commit.ExpectedDefinition,
        Definition = commit.Definition,
        From = commit.Cursors.Where(move => move.From is not null).ToDictionary(move => move.Key, move => move.From!.Value),
        Next = commit.Cursors.ToDictionary(move => move.Key, move => move.Next),
        Sources = commit.Sources?.ToArray(),
    };

    /// <summary>What is kept afterwards; <paramref name="kept"/> itself when the change may not go through, or did before.</summary>
    public SinkCursors Apply(SinkCursors kept)
    {
        if (kept.LastBatch == Batch) return kept;
        var commit = new SinkCommit
        {
            Batch = new SinkBatch { Id = Batch, Rows = [] },
            ExpectedDefinition = ExpectedDefinition,
            Definition = Definition,
            Cursors = [.. Next.Select(next => new CursorMove(next.Key, From.TryGetValue(next.Key, out var from) ? from : null, next.Value))],
        };
        if (!CommitFence.Admits(kept.State, commit)) return kept;
        var cursors = new Dictionary<CursorKey, long>(kept.State.Cursors);
        foreach (var (key, next) in Next) cursors[key] = next;
        return new SinkCursors { State = kept.State with { Definition = Definition, Cursors = cursors, Sources = Sources ?? kept.State.Sources }, LastBatch = Batch };
    }
}
