using Bayou.Definitions;
using Bayou.Grains.Hosting;
using Bayou.Grains.Tables;
using Bayou.Pipelines;
using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Grains.Pipelines;

/// <summary>
/// Takes a pipeline's tables from one version of the definition to the next: every sink is frozen, every table is brought to one offset per partition by
/// the old routes, and then put under the new version. Every step may be repeated after a crash.
/// </summary>
internal sealed class DefinitionTakeOver(SinkRegistry sinks, SourceRegistry sources, TableReplay replay)
{
    /// <summary>Brings all sinks to the new version; returns what the pipeline stores when that is done.</summary>
    /// <param name="state">What the pipeline stores.</param>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="recordLost">Notes a range that the source lost before a table had it; durable when it returns.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PipelineException">A sink is under a definition that is neither the old nor the new one.</exception>
    /// <exception cref="SourceException">The source lost what a table needs, and is not to be gone on without it.</exception>
    public async Task<Action<PipelineGrainState>> RunAsync(
        PipelineGrainState state, string pipeline, Func<TopicPartition, OffsetRange, Task> recordLost, CancellationToken cancellationToken)
    {
        var (from, to) = (state.Definitions[state.Version], state.Definitions[state.TakingOverTo]);
        var old = new DefinitionStamp { Version = state.Version, Fingerprint = DefinitionFingerprint.Compute(from) };
        var next = new DefinitionStamp { Version = state.TakingOverTo, Fingerprint = DefinitionFingerprint.Compute(to) };
        var frozen = old with { To = next.Version, ToFingerprint = next.Fingerprint };

        var tables = new List<Entry>();
        try
        {
            foreach (var table in AllTables(from))
            {
                var committer = new TableSinks(sinks, pipeline, table, from.Quarantine);
                tables.Add(new Entry(table, Successor(table, to), committer));
                await committer.OpenAsync(cancellationToken);
                await FreezeAsync(committer, table, old, frozen, next, Starts(state, table.Name), state.Sources, cancellationToken);
            }

            var goal = await GoalAsync(tables, cancellationToken);
            var source = await sources.GetAsync(pipeline, from.Source);
            foreach (var entry in tables) await BringAsync(source, from, to.Source.OnDataLoss, entry, frozen, next, goal, recordLost, cancellationToken);
            foreach (var entry in tables) await PutUnderAsync(pipeline, to, entry, frozen, next, goal, state, cancellationToken);
            return Change(to, next.Version, goal, [.. tables.Select(entry => entry.Successor?.Name).OfType<string>()]);
        }
        finally
        {
            foreach (var entry in tables) await entry.Committer.DisposeAsync();
        }
    }

    private static async Task FreezeAsync(
        TableSinks committer, TableDefinition table, DefinitionStamp old, DefinitionStamp frozen, DefinitionStamp next,
        IReadOnlyDictionary<CursorKey, long> starts, IReadOnlyList<SourceIdentity> identities, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The quarantine first: what an old writer put there before is then known, and counts for how far the old routes go.
            var quarantine = await committer.ReadQuarantineAsync(cancellationToken);
            if (quarantine is not null && quarantine.Definition != frozen && quarantine.Definition != next
                && !await committer.CommitQuarantineDefinitionAsync(frozen, cancellationToken)) continue;

            var held = await committer.ReadStateAsync(cancellationToken);
            if (held.Definition == frozen || held.Definition == next) return;
            if (held.Definition is not null && held.Definition != old)
                throw new PipelineException($"The sink of table {table.Name} is under version {held.Definition.Version} of the definition ({held.Definition.Fingerprint[..8]}), not under version {old.Version}: somebody else has changed it. Nothing is written until that is resolved.");
            var missing = starts.Where(start => !held.Cursors.ContainsKey(start.Key)).Select(start => new CursorMove(start.Key, null, start.Value)).ToList();
            if ((await committer.CommitStateAsync(held.Definition, frozen, missing, identities, cancellationToken)).Committed) return;
        }
    }

    /// <summary>Per partition the highest cursor of any table, in its sink or in its part of the quarantine.</summary>
    private static async Task<Dictionary<CursorKey, long>> GoalAsync(IEnumerable<Entry> tables, CancellationToken cancellationToken)
    {
        var goal = new Dictionary<CursorKey, long>();
        foreach (var entry in tables)
        {
            var own = await entry.Committer.ReadStateAsync(cancellationToken);
            var quarantine = await entry.Committer.ReadQuarantineAsync(cancellationToken);
            foreach (var (key, next) in own.Cursors.Concat(quarantine?.Cursors ?? []))
                goal[key] = Math.Max(goal.GetValueOrDefault(key), next);
        }

        return goal;
    }

    private async Task BringAsync(
        ISource source, PipelineDefinition from, DataLossPolicy policy, Entry entry, DefinitionStamp frozen, DefinitionStamp next, Dictionary<CursorKey, long> goal,
        Func<TopicPartition, OffsetRange, Task> recordLost, CancellationToken cancellationToken)
    {
        var held = await entry.Committer.ReadStateAsync(cancellationToken);
        if (held.Definition == next) return;
        foreach (var (key, target) in goal)
        {
            if (!held.Cursors.TryGetValue(key, out var cursor) || cursor >= target) continue;
            var range = new OffsetRange(cursor, target);
            var readFrom = Math.Clamp((await source.GetWatermarksAsync(key.Partition, cancellationToken)).Low, cursor, target);
            if (readFrom > cursor) await LoseAsync(entry.Table.Name, key.Partition, new OffsetRange(cursor, readFrom), policy, recordLost);
            await replay.RunAsync(source, from, frozen, entry.Table.Name, entry.Committer, key, range, readFrom, cancellationToken);
        }
    }

    private static Task LoseAsync(string table, TopicPartition partition, OffsetRange lost, DataLossPolicy policy, Func<TopicPartition, OffsetRange, Task> recordLost) =>
        policy == DataLossPolicy.Continue ? recordLost(partition, lost) : throw new SourceException(SourceErrorKind.OffsetOutOfRange,
            $"Offsets {lost} of partition {partition} are gone from the source before table {table} had them (retention passed its cursor), which is to be brought up to the others before the definition changes. Nothing is written meanwhile; start the pipeline with the same file and onDataLoss: continue to go on at {lost.Next} and have the range in the ledger.");

    private async Task PutUnderAsync(
        string pipeline, PipelineDefinition to, Entry entry, DefinitionStamp frozen, DefinitionStamp next, Dictionary<CursorKey, long> goal, PipelineGrainState state, CancellationToken cancellationToken)
    {
        // A removed table stays frozen, with its cursor.
        if (entry.Successor is not { } successor) return;
        if (successor.Name == entry.Table.Name)
        {
            var held = await entry.Committer.ReadStateAsync(cancellationToken);
            if (held.Definition == next) return;
            if (!await entry.Committer.CommitQuarantineDefinitionAsync(next, cancellationToken)
                || !(await entry.Committer.CommitStateAsync(frozen, next, [], state.Sources, cancellationToken)).Committed)
                throw new SinkException(SinkErrorKind.Transient, $"Table {entry.Table.Name} was moved by another writer while it was put under version {next.Version}; the take-over is tried again.");
            return;
        }

        // A renamed table begins under its new name where the old one ends, in the same sink.
        await using var committer = new TableSinks(sinks, pipeline, successor, to.Quarantine);
        await committer.OpenAsync(cancellationToken);
        if ((await committer.ReadStateAsync(cancellationToken)).Definition == next) return;
        var cursors = goal.Select(cursor => new CursorMove(cursor.Key, null, cursor.Value)).ToList();
        if (!(await committer.CommitStateAsync(null, next, cursors, state.Sources, cancellationToken)).Committed)
            throw new PipelineException($"Table {successor.Name} cannot take over from {entry.Table.Name}: its sink holds cursors of a table of that name already.");
    }

    private static Action<PipelineGrainState> Change(PipelineDefinition to, int version, Dictionary<CursorKey, long> goal, IReadOnlyList<string> initialized) => state =>
    {
        var before = AllTables(state.Definitions[state.Version]).Select(table => table.Name).ToHashSet();
        foreach (var table in to.Tables.Where(table => !before.Contains(table.Name) && !initialized.Contains(table.Name) && !table.Backfill))
            state.TableStarts[table.Name] = goal.ToDictionary(cursor => cursor.Key.Partition.ToString(), cursor => cursor.Value);
        state.Floors[version] = goal.ToDictionary(cursor => cursor.Key.Partition.ToString(), cursor => cursor.Value);
        state.InitializedTables.UnionWith(initialized);
        state.Version = version;
        state.TakingOverTo = 0;
        state.Revision++;
    };

    private static IEnumerable<TableDefinition> AllTables(PipelineDefinition definition) =>
        definition.Tables.Append(QuarantineTable.Create(definition.Quarantine));

    private static TableDefinition? Successor(TableDefinition table, PipelineDefinition to) =>
        AllTables(to).FirstOrDefault(each => each.Name == table.Name) ?? to.Tables.FirstOrDefault(each => each.PreviousName == table.Name);

    private static Dictionary<CursorKey, long> Starts(PipelineGrainState state, string table)
    {
        var own = state.TableStarts.GetValueOrDefault(table);
        return state.Partitions.ToDictionary(
            start => new CursorKey(new TopicPartition(start.Value.Topic, start.Value.Partition), start.Value.Generation),
            start => own?.GetValueOrDefault(start.Key, start.Value.Start) ?? start.Value.Start);
    }

    private sealed record Entry(TableDefinition Table, TableDefinition? Successor, TableSinks Committer);
}
