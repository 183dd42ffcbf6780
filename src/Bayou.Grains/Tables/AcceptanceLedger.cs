using Bayou.Sinks;
using Bayou.Slices;

namespace Bayou.Grains.Tables;

/// <summary>
/// What one activation of a table has accepted, holds and knows to be durable: the table's half of the protocol, without clock or I/O.
/// A slice is accepted only when it begins at or below what was accepted before; rows below that are trimmed, so a resend or a replay that was
/// cut elsewhere changes nothing.
/// </summary>
internal sealed class AcceptanceLedger
{
    private readonly Dictionary<CursorKey, Position> _positions = [];
    private readonly List<HeldSlice> _held = [];
    private CommitGroup? _committing;

    /// <summary>A ledger that starts from what the sink holds.</summary>
    public AcceptanceLedger(int version, IReadOnlyDictionary<CursorKey, long> cursors)
    {
        Version = version;
        foreach (var (key, next) in cursors) _positions.Add(key, new Position { Durable = next, Accepted = next });
    }

    public int Version { get; }

    /// <summary>Rows held for the next commit, quarantined ones not counted.</summary>
    public long HeldRows { get; private set; }

    /// <summary>Bytes held for the next commit.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Bytes held in all: for the next commit and in the one under way.</summary>
    public long BufferedBytes => HeldBytes + (_committing?.SizeBytes ?? 0);

    /// <summary>True when there is something to commit, be it only cursors.</summary>
    public bool HasPending => _held.Count > 0;

    /// <summary>The cursors, and how far each was accepted.</summary>
    public IEnumerable<(CursorKey Key, long Durable, long Accepted)> Positions =>
        _positions.Select(entry => (entry.Key, entry.Value.Durable, entry.Value.Accepted));

    /// <summary>Where the table stands in one partition.</summary>
    public AcceptReply Ask(CursorKey key) => _positions.TryGetValue(key, out var position)
        ? new AcceptReply(AcceptAnswer.Accepted, position.Accepted, position.Durable)
        : new AcceptReply(AcceptAnswer.NotReady, -1, -1);

    /// <summary>Takes a slice, or says why not. When it returns accepted, the slice's buffer is the ledger's.</summary>
    public AcceptReply Offer(Slice slice, bool hasRoom)
    {
        var key = new CursorKey(slice.Source, slice.Generation);
        if (!_positions.TryGetValue(key, out var position)) return new AcceptReply(AcceptAnswer.NotReady, -1, -1);

        AcceptReply Answer(AcceptAnswer answer) => new(answer, position.Accepted, position.Durable);

        if (slice.Version != Version) return Answer(AcceptAnswer.OtherVersion);
        if (slice.Range.First > position.Accepted) return Answer(AcceptAnswer.Gap);
        if (slice.Range.Next <= position.Accepted) return Answer(AcceptAnswer.Accepted);
        if (!hasRoom) return Answer(AcceptAnswer.Full);

        Hold(slice, position.Accepted);
        position.Accepted = slice.Range.Next;
        return Answer(AcceptAnswer.Accepted);
    }

    /// <summary>Takes everything that is held, as one group; null when there is nothing. One group at a time.</summary>
    public CommitGroup? TakeGroup()
    {
        if (!HasPending) return null;
        var moves = _held.Select(slice => slice.Key).Distinct()
            .Select(key => new CursorMove(key, _positions[key].Durable, _positions[key].Accepted)).ToList();
        _committing = new CommitGroup([.. _held], moves);
        _held.Clear();
        (HeldRows, HeldBytes) = (0, 0);
        return _committing;
    }

    /// <summary>The group is durable.</summary>
    public void Committed(CommitGroup group)
    {
        foreach (var move in group.Moves) _positions[move.Key].Durable = move.Next;
        _committing = null;
    }

    /// <summary>A cursor that the sink has got from a commit other than a group's.</summary>
    public void Add(CursorKey key, long next) => _positions.TryAdd(key, new Position { Durable = next, Accepted = next });

    /// <summary>Everything that is held or being committed, to be given back when the activation ends.</summary>
    public void Abandon()
    {
        foreach (var slice in _held) slice.Release();
        _held.Clear();
    }

    /// <summary>True when the sink holds exactly what this activation believes to be durable.</summary>
    public bool Agrees(SinkState found) =>
        found.Cursors.Count == _positions.Count
        && found.Cursors.All(cursor => _positions.TryGetValue(cursor.Key, out var position) && position.Durable == cursor.Value);

    private void Hold(Slice slice, long accepted)
    {
        var held = new HeldSlice(slice, new RowBlock(slice.Rows.Span).FirstRowAt(accepted), new RowBlock(slice.Quarantined.Span).FirstRowAt(accepted));
        _held.Add(held);
        HeldRows += held.Rows;
        HeldBytes += slice.SizeBytes;
    }

    private sealed class Position
    {
        public long Durable { get; set; }

        public long Accepted { get; set; }
    }
}
