using Bayou.Definitions;
using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Simulation.Tests.World;

/// <summary>Another silo that writes the same tables by the same rules: it brings a cursor forward with the rows that belong below it.</summary>
internal sealed class SecondWriter(SimulatedTables tables, SimulatedTopic topic, SimulatedDestination destination)
{
    private int _commits;

    /// <summary>Writes up to so many records of a partition under the version in force; nothing when the table is not open or is under another one.</summary>
    public void Write(string table, int partition, int records, int version)
    {
        var own = destination.Of(SimulatedTables.PathOf(table), table);
        var key = new CursorKey(new TopicPartition(SimulatedTopic.Name, partition), 1);
        if (own.State.Definition is not { To: null } stamp || stamp.Version != version || !own.State.Cursors.TryGetValue(key, out var from)) return;
        var log = topic.Partitions[partition];
        if (from < log.Bounds.Low) return;
        var read = log.Between(from, log.Bounds.High).Take(records).ToList();
        if (read.Count == 0) return;
        var next = OffsetRange.NextAfter(read[^1].Offset);
        var outcomes = read.Select(record => (Record: record, Outcome: tables.OutcomeOf(record, stamp.Version))).Where(each => each.Outcome?.Table == table).ToList();
        if (table != QuarantineTable.Name)
        {
            var quarantine = destination.Of(SimulatedTables.QuarantinePath, table);
            var bad = outcomes.Where(each => each.Outcome!.Value.IsBad && !quarantine.Holds(partition, each.Record.Offset))
                .Select(each => new Row(partition, each.Record.Offset, each.Record.Text)).ToList();
            if (bad.Count > 0)
            {
                if (quarantine.State.Definition is { } held && held != stamp) return;
                var at = quarantine.State.Cursors.TryGetValue(key, out var cursor) ? cursor : (long?)null;
                if (!Commit(quarantine, stamp, quarantine.State.Definition, new CursorMove(key, at, Math.Max(at ?? 0, next)), bad)) return;
            }
        }

        var good = outcomes.Where(each => !each.Outcome!.Value.IsBad)
            .Select(each => new Row(partition, each.Record.Offset, table == QuarantineTable.Name ? each.Record.Text : each.Record.Id)).ToList();
        Commit(own, stamp, stamp, new CursorMove(key, from, next), good);
    }

    private bool Commit(SimulatedStore store, DefinitionStamp stamp, DefinitionStamp? expected, CursorMove move, List<Row> rows) => store.Apply(new SinkCommit
    {
        Batch = new SinkBatch { Id = $"second-{_commits++}", Rows = [] },
        ExpectedDefinition = expected,
        Definition = stamp,
        Cursors = [move],
    }, rows).Committed;
}
