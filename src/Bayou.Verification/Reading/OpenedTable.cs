using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Verification.Ledger;
using Bayou.Verification.Rules;

namespace Bayou.Verification.Reading;

/// <summary>One table of the ledger: its destination at one version, its cursors, and the offsets found in it.</summary>
internal sealed class OpenedTable(Lineage lineage)
{
    private static readonly FoundRows Nothing = new();
    private readonly Dictionary<CursorKey, FoundRows> _found = [];

    public Lineage Lineage => lineage;

    public string Name => lineage.Table.Name;

    /// <summary>The destination; null when there is none yet or it cannot be read.</summary>
    public ILedgerSnapshot? Snapshot { get; private set; }

    /// <summary>Why the table cannot be checked; null when it can.</summary>
    public string? Unreadable { get; set; }

    /// <summary>The cursors in the table's own destination.</summary>
    public SinkState State { get; private set; } = new() { Cursors = [] };

    /// <summary>The cursors in the table's part of the quarantine.</summary>
    public SinkState QuarantineState { get; private set; } = new() { Cursors = [] };

    /// <summary>Rows, where the rows do not say where they came from.</summary>
    public long UncheckedRows { get; private set; }

    /// <summary>Every partition that a cursor or a row names.</summary>
    public IEnumerable<CursorKey> Keys => State.Cursors.Keys.Concat(QuarantineState.Cursors.Keys).Concat(_found.Keys).Distinct();

    public void Open(string pipeline)
    {
        try
        {
            Snapshot = LedgerSnapshots.Open(lineage.Table.Sink);
            State = Read(pipeline, Snapshot);
        }
        catch (SinkException failure)
        {
            Unreadable = failure.Message;
        }
    }

    public void OpenQuarantine(string pipeline, ILedgerSnapshot? quarantine)
    {
        if (!lineage.IsQuarantine) QuarantineState = Read(pipeline, quarantine);
    }

    /// <summary>Reads which offsets the table holds.</summary>
    /// <param name="pipeline">The pipeline's name.</param>
    public void Load(string pipeline)
    {
        if (Snapshot is null || Unreadable is not null) return;
        try
        {
            if (lineage.Table.Metadata && Snapshot.HasOffsets)
            {
                Snapshot.Visit((key, offset, _) => FoundAt(key).AddRow(offset));
                foreach (var name in lineage.Names) Snapshot.VisitRefused(pipeline, name, (key, offset, _) => FoundAt(key).AddRefused(offset));
            }
            else
            {
                UncheckedRows = Snapshot.CountRows();
                Unreadable = "Its rows do not carry _topic, _partition and _offset ('metadata: false').";
            }
        }
        catch (SinkException failure)
        {
            Unreadable = failure.Message;
        }
    }

    /// <summary>What was found of a partition, to be added to.</summary>
    public FoundRows FoundAt(CursorKey key)
    {
        if (!_found.TryGetValue(key, out var found)) _found.Add(key, found = new FoundRows());
        return found;
    }

    /// <summary>What was found of a partition.</summary>
    public FoundRows Found(CursorKey key) => _found.GetValueOrDefault(key, Nothing);

    // A table that was renamed has cursors under each of its names; the newest name counts.
    private SinkState Read(string pipeline, ILedgerSnapshot? snapshot)
    {
        var cursors = new Dictionary<CursorKey, long>();
        SinkState? newest = null;
        if (snapshot is null) return new SinkState { Cursors = cursors };
        foreach (var name in lineage.Names)
        {
            var state = snapshot.StateOf(pipeline, name);
            if (state.Definition is not null) newest = state;
            foreach (var (key, next) in state.Cursors) cursors[key] = Math.Max(next, cursors.GetValueOrDefault(key));
        }

        return new SinkState { Definition = newest?.Definition, Sources = newest?.Sources ?? [], Cursors = cursors };
    }
}
