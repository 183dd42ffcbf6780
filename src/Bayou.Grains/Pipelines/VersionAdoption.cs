using Bayou.Definitions;
using Bayou.Grains.Hosting;
using Bayou.Pipelines;
using Bayou.Sinks;
using Bayou.Sources;

namespace Bayou.Grains.Pipelines;

/// <summary>
/// Which version a pipeline begins with that has no state of its own: 1, or the version that its sinks are under when they were written by the same
/// definition and only the state was lost.
/// </summary>
internal static class VersionAdoption
{
    /// <summary>The version to begin with, and the tables that have committed before.</summary>
    public sealed record Adopted(int Version, HashSet<string> InitializedTables);

    /// <summary>Asks every table's sink.</summary>
    /// <exception cref="PipelineException">A sink is under a definition that this one is not, or holds cursors of another source.</exception>
    public static async Task<Adopted> LookAsync(
        SinkRegistry sinks, PipelineDefinition definition, string fingerprint, IReadOnlyList<SourceIdentity> sources, CancellationToken cancellationToken)
    {
        var version = 1;
        var initialized = new HashSet<string>();
        foreach (var table in definition.Tables.Append(QuarantineTable.Create(definition.Quarantine)))
        {
            var state = await ReadAsync(sinks, definition.Name, table, cancellationToken);
            if (state.Definition is not { } stamp)
            {
                CheckNotRenamed(definition, table, state);
                continue;
            }

            if (stamp.Fingerprint != fingerprint || stamp.To is not null)
                throw new PipelineException(
                    $"The sink of table {table.Name} is under version {stamp.Version} of pipeline {definition.Name} ({stamp.Fingerprint[..8]}), whose definition is not kept here, and this file is another one ({fingerprint[..8]}). Start with the file that wrote it, or with its state directory, and change it then; or give the table a fresh path. Nothing was changed.");
            foreach (var before in state.Sources)
                if (sources.FirstOrDefault(source => source.Topic == before.Topic) is { } now && !before.CouldBe(now))
                    throw new PipelineException(
                        $"Table {table.Name} holds cursors of topic {before.Topic} of another source (cluster {before.ClusterId}), not of the one that answers now (cluster {now.ClusterId}). Read the new source under a fresh pipeline name and fresh paths. Nothing was changed.");
            version = Math.Max(version, stamp.Version);
            initialized.Add(table.Name);
        }

        return new Adopted(version, initialized);
    }

    /// <summary>Looks at the sinks of the tables that a new version adds: each has to be fresh.</summary>
    /// <exception cref="PipelineException">A table of that name was there before and was removed, or another pipeline writes to its destination.</exception>
    public static async Task CheckAddedAsync(SinkRegistry sinks, PipelineDefinition before, PipelineDefinition after, CancellationToken cancellationToken)
    {
        var added = DefinitionComparer.Check(before, after).AddedTables;
        foreach (var table in after.Tables.Where(table => added.Contains(table.Name)))
        {
            var state = await ReadAsync(sinks, after.Name, table, cancellationToken);
            if (state.Definition is { } stamp)
                throw new PipelineException(
                    $"Table {table.Name} was part of pipeline {after.Name} up to version {stamp.Version} of its definition, and its destination keeps the cursors of that time. Records that came since would be missing in between: give the table a fresh path, with backfill: true if it should have everything. Nothing was changed.");
            CheckNotRenamed(after, table, state);
        }
    }

    /// <summary>A table that another pipeline fills, and this one does not know, is most likely this pipeline under its old name: its rows would come twice.</summary>
    private static void CheckNotRenamed(PipelineDefinition definition, TableDefinition table, SinkState state)
    {
        if (table.Name == QuarantineTable.Name) return;
        var others = state.OtherOwners.Where(owner => !owner.EndsWith($"/{QuarantineTable.Name}", StringComparison.Ordinal)).ToList();
        if (others.Count == 0) return;
        throw new PipelineException(
            $"The destination of table {table.Name} is written by {string.Join(", ", others)} already. If pipeline {definition.Name} is that one under a new name, take the old name back: its cursors carry it, and every row would come twice. Otherwise give the table a path of its own. Nothing was changed.");
    }

    private static async Task<SinkState> ReadAsync(SinkRegistry sinks, string pipeline, TableDefinition table, CancellationToken cancellationToken)
    {
        await using var sink = sinks.Create(pipeline, table.Name, table);
        await sink.OpenAsync(cancellationToken);
        return await sink.ReadStateAsync(cancellationToken);
    }
}
