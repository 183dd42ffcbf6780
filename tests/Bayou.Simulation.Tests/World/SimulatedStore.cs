using Bayou.Simulation.Tests.Verdict;
using Bayou.Sinks;

namespace Bayou.Simulation.Tests.World;

/// <summary>What one owner has at one place.</summary>
internal sealed class SimulatedStore(string path, string owner, Ledger ledger, Mutation mutation, Tally tally)
{
    private readonly HashSet<string> _commits = [];
    private readonly HashSet<(int Partition, long Offset)> _offsets = [];

    public string Path => path;

    public string Owner => owner;

    public List<Row> Rows { get; } = [];

    public SinkState State { get; private set; } = new() { Cursors = [] };

    public bool Holds(int partition, long offset) => _offsets.Contains((partition, offset));

    /// <summary>Applies a commit whose rows were read off before.</summary>
    public CommitResult Apply(SinkCommit commit, IReadOnlyList<Row> rows)
    {
        if (_commits.Contains(commit.Batch.Id))
        {
            tally.Repeated++;
            return new CommitResult { Committed = true };
        }

        if (!Admits(commit))
        {
            tally.Refused++;
            return new CommitResult { Committed = false, Found = State };
        }

        _commits.Add(commit.Batch.Id);
        ledger.Check(this, commit, rows);
        Rows.AddRange(rows);
        foreach (var row in rows) _offsets.Add((row.Partition, row.Offset));
        var cursors = new Dictionary<CursorKey, long>(State.Cursors);
        foreach (var move in commit.Cursors) cursors[move.Key] = move.Next;
        State = new SinkState { Definition = commit.Definition, Cursors = cursors, Sources = commit.Sources?.ToArray() ?? State.Sources };
        return new CommitResult { Committed = true, FilesWritten = 1 };
    }

    private bool Admits(SinkCommit commit) => mutation == Mutation.FenceIgnored ? State.Definition == commit.ExpectedDefinition : CommitFence.Admits(State, commit);
}
