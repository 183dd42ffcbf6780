using Bayou.Sinks;

namespace Bayou.Benchmarks.Pipelines.Sinks;

/// <summary>What is left of a table whose rows are discarded.</summary>
internal sealed class DiscardedTable
{
    private SinkState _state = new() { Cursors = [] };

    /// <summary>Cursors and definition.</summary>
    public SinkState State => Volatile.Read(ref _state);

    /// <summary>Moves the cursors, unless the commit is fenced.</summary>
    public CommitResult Commit(SinkCommit commit)
    {
        lock (this)
        {
            if (!CommitFence.Admits(_state, commit)) return new CommitResult { Committed = false, Found = _state };
            var cursors = new Dictionary<CursorKey, long>(_state.Cursors);
            foreach (var move in commit.Cursors) cursors[move.Key] = move.Next;
            Volatile.Write(ref _state, new SinkState { Definition = commit.Definition, Cursors = cursors, Sources = commit.Sources is null ? _state.Sources : [.. commit.Sources] });
            return new CommitResult { Committed = true };
        }
    }
}
