using Bayou.Definitions;
using Bayou.Simulation.Tests.World;
using Bayou.Sinks;

namespace Bayou.Simulation.Tests.Verdict;

/// <summary>
/// The oracle: holds what the destinations have against what the topic had. At each commit: rows in order, each that should be there and no other, none
/// twice, and nothing missing below the new cursor. At the end: one outcome for every record and table.
/// </summary>
internal sealed class Ledger(SimulatedTables tables, History history, Func<IReadOnlyList<SimulatedPartition>> partitions)
{
    private readonly List<string> _violations = [];
    private readonly Dictionary<(string Table, int Partition), long> _first = [];

    /// <summary>Told of every commit that goes through.</summary>
    public Action<string> Note { get; set; } = _ => { };

    public Func<string, SimulatedStore> QuarantineOf { get; set; } = _ => throw new InvalidOperationException("Not set up.");

    public IReadOnlyList<string> Violations => _violations;

    /// <summary>Looks at a commit just before it is applied.</summary>
    public void Check(SimulatedStore store, SinkCommit commit, IReadOnlyList<Row> rows)
    {
        var isQuarantine = store.Path == SimulatedTables.QuarantinePath && store.Owner != QuarantineTable.Name;
        var version = commit.Definition.Version;
        foreach (var move in commit.Cursors)
        {
            var partition = move.Key.Partition.Partition;
            var held = store.State.Cursors.TryGetValue(move.Key, out var at) ? at : (long?)null;
            var own = rows.Where(row => row.Partition == partition).ToList();
            var what = $"{store.Path} of {store.Owner}, partition {partition}, [{move.From}, {move.Next})";
            Note($"commit {what} under {version}: {string.Join(' ', own.Select(row => row.Offset))}");
            if (held is not null && move.Next < held) Violated($"{what}: the cursor goes back from {held}.");
            for (var i = 1; i < own.Count; i++)
                if (own[i].Offset <= own[i - 1].Offset) Violated($"{what}: {own[i].Offset} comes behind {own[i - 1].Offset}.");
            foreach (var row in own)
            {
                if (store.Holds(partition, row.Offset)) Violated($"{what}: {row.Offset} comes a second time.");
                if (row.Offset >= move.Next) Violated($"{what}: {row.Offset} lies at or behind the new cursor.");
                if (!IsExpected(partition, row, new Outcome(store.Owner, isQuarantine), version)) Violated($"{what}: {row.Offset} does not belong there, or is not what was written.");
            }

            if (isQuarantine) continue;
            if (held is not { } from)
            {
                Begins(store.Owner, partition, move.Next, what);
                continue;
            }

            var offsets = own.Select(row => row.Offset).ToHashSet();
            foreach (var record in partitions()[partition].Between(from, move.Next))
            {
                if (tables.OutcomeOf(record, version) is not { } outcome || outcome.Table != store.Owner || history.IsLost(partition, record.Offset)) continue;
                var there = outcome.IsBad ? QuarantineOf(store.Owner).Holds(partition, record.Offset) : offsets.Contains(record.Offset) || store.Holds(partition, record.Offset);
                if (!there) Violated($"{what}: the cursor passes {record.Offset}, which is not durable.");
            }
        }

        if (rows.Any(row => commit.Cursors.All(move => move.Key.Partition.Partition != row.Partition))) Violated($"{store.Path} of {store.Owner}: rows without a cursor.");
    }

    /// <summary>Looks at everything, when all is at rest.</summary>
    public void CheckEnd(IEnumerable<string> names, Func<string, string, SimulatedStore> storeOf)
    {
        foreach (var table in names)
        {
            CheckEnd(storeOf(SimulatedTables.PathOf(table), table), new Outcome(table, false));
            if (table != QuarantineTable.Name) CheckEnd(storeOf(SimulatedTables.QuarantinePath, table), new Outcome(table, true));
        }
    }

    public void Violated(string what)
    {
        if (_violations.Count < 20) _violations.Add(what);
    }

    private void Begins(string table, int partition, long cursor, string what)
    {
        _first[(table, partition)] = cursor;
        var (version, backfill) = tables.Beginning(table);
        var expected = version > 1 && !backfill ? history.FloorOf(version, partition) : null;
        if (expected is null ? !history.WasStart(partition, cursor) : cursor != expected) Violated($"{what}: it begins elsewhere than at {expected ?? history.StartOf(partition)}.");
    }

    private void CheckEnd(SimulatedStore store, Outcome outcome)
    {
        var count = new Dictionary<(int, long), int>();
        foreach (var row in store.Rows) count[(row.Partition, row.Offset)] = count.GetValueOrDefault((row.Partition, row.Offset)) + 1;
        var (first, backfill) = tables.Beginning(outcome.Table);
        for (var partition = 0; partition < partitions().Count; partition++)
        {
            var start = _first.GetValueOrDefault((outcome.Table, partition));
            foreach (var record in partitions()[partition].Records)
            {
                var version = history.VersionOf(partition, record.Offset, tables.Latest);
                if (backfill) version = Math.Max(version, first);
                var expected = version >= first && record.Offset >= start && tables.OutcomeOf(record, version) == outcome;
                var found = count.GetValueOrDefault((partition, record.Offset));
                if (found == (expected ? 1 : 0) || (expected && found == 0 && history.IsLost(partition, record.Offset))) continue;
                Violated($"At the end {store.Path} of {store.Owner} has {partition}@{record.Offset} {found} times; it should be there {(expected ? "once" : "never")} (version {version}).");
            }
        }
    }

    private bool IsExpected(int partition, Row row, Outcome outcome, int version)
    {
        var record = partitions()[partition].Between(row.Offset, row.Offset + 1).FirstOrDefault();
        if (record is null || tables.OutcomeOf(record, version) != outcome) return false;
        return row.Text == (outcome.IsBad || outcome.Table == QuarantineTable.Name ? record.Text : record.Id);
    }
}
