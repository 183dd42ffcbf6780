using Bayou.Definitions;
using Bayou.Grains.Pipelines;
using Bayou.Sinks;
using Bayou.Sources;
using Bayou.Verification.Rules;

namespace Bayou.Verification.Reading;

/// <summary>A pipeline's rules and destinations as they were at one moment: every table at one version, the quarantine opened after the tables.</summary>
internal sealed class OpenedPipeline : IDisposable
{
    private const int Attempts = 10;

    private OpenedPipeline(PipelineDefinition file, PipelineGrainState? stored)
    {
        (File, Stored) = (file, stored);
        Book = RuleBook.Create(stored is null
            ? [new RuleVersion(1, file, null)]
            : stored.Definitions.Where(entry => entry.Key <= stored.Version).Select(entry => new RuleVersion(entry.Key, entry.Value, stored.Floors.GetValueOrDefault(entry.Key))));
        Tables = [.. Book.Lineages.Select(lineage => new OpenedTable(lineage))];
    }

    public PipelineDefinition File { get; }

    public PipelineGrainState? Stored { get; }

    public RuleBook Book { get; }

    /// <summary>The tables, in the order of the book's.</summary>
    public IReadOnlyList<OpenedTable> Tables { get; }

    public IReadOnlyList<string> Topics => [.. Book.Versions.SelectMany(version => version.Definition.Source.Topics).Concat(File.Source.Topics).Distinct()];

    private string Pipeline => Book.Versions[^1].Definition.Name;

    private OpenedTable Quarantine => Tables.Single(table => table.Lineage.IsQuarantine);

    /// <summary>Opens everything. A change of definition that falls in between is waited for, because rows and rules have to belong together.</summary>
    public static async Task<OpenedPipeline> OpenAsync(PipelineDefinition file, StoredState? state, CancellationToken cancellationToken)
    {
        var stored = state is null ? null : await state.ReadPipelineAsync();
        for (var attempt = 1; ; attempt++)
        {
            var opened = new OpenedPipeline(file, stored);
            await Task.Run(() => opened.Open(cancellationToken), cancellationToken);
            var after = state is null ? null : await state.ReadPipelineAsync();
            if (attempt == Attempts || (after?.Version, after?.TakingOverTo) == (stored?.Version, stored?.TakingOverTo)) return opened;
            opened.Dispose();
            stored = after;
        }
    }

    /// <summary>Reads which offsets the tables and the quarantine hold.</summary>
    public void Load(Action<string> progress, CancellationToken cancellationToken)
    {
        var loaded = 0;
        Parallel.ForEach(Tables.Where(table => table != Quarantine), new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, table =>
        {
            table.Load(Pipeline);
            progress($"table {Interlocked.Increment(ref loaded)} of {Tables.Count}");
        });
        LoadQuarantine();
    }

    /// <summary>Gives back what the destinations hold open for reading. What was read stays.</summary>
    public void Dispose()
    {
        foreach (var table in Tables) table.Snapshot?.Dispose();
    }

    /// <summary>What is known of a topic's source: the newest generation that anybody has written down.</summary>
    public SourceIdentity? IdentityOf(string topic) =>
        (Stored?.Sources ?? []).Concat(Tables.SelectMany(table => table.State.Sources)).Where(source => source.Topic == topic).MaxBy(source => source.Generation);

    /// <summary>True when the definition that a table's sink is under is one of the pipeline's.</summary>
    public bool Knows(DefinitionStamp? stamp)
    {
        if (stamp is null) return true;
        var definition = Stored is null ? (stamp.Version == 1 ? File : null) : Stored.Definitions.GetValueOrDefault(stamp.Version);
        return definition is not null && DefinitionFingerprint.Compute(definition) == stamp.Fingerprint;
    }

    private void Open(CancellationToken cancellationToken)
    {
        foreach (var table in Tables.Where(table => table != Quarantine))
        {
            cancellationToken.ThrowIfCancellationRequested();
            table.Open(Pipeline);
        }

        // Last, so that it holds the bad rows below every cursor that was read.
        Quarantine.Open(Pipeline);
        foreach (var table in Tables)
        {
            if (Quarantine.Unreadable is { } reason) table.Unreadable ??= $"Its quarantine cannot be read: {reason}";
            else table.OpenQuarantine(Pipeline, Quarantine.Snapshot);
            if (table.State.Definition is null && table.Lineage.Names.Any(name => Stored?.InitializedTables.Contains(name) == true))
                table.Unreadable ??= "It has committed before, but its destination holds nothing of it now.";
        }
    }

    private void LoadQuarantine()
    {
        if (Quarantine.Snapshot is not { } snapshot || Quarantine.Unreadable is not null) return;
        var owners = Tables.SelectMany(table => table.Lineage.Names.Select(name => (name, table))).ToDictionary(entry => entry.name, entry => entry.table, StringComparer.Ordinal);
        try
        {
            snapshot.Visit((key, offset, name) =>
            {
                if (name is null) Quarantine.FoundAt(key).AddRow(offset);
                else if (owners.TryGetValue(name, out var table)) table.FoundAt(key).AddQuarantined(offset);
                else Quarantine.FoundAt(key).AddQuarantined(offset);
            });
            // A quarantine that refuses a bad row keeps it, too.
            foreach (var (name, table) in owners)
                snapshot.VisitRefused(Pipeline, name, (key, offset, _) =>
                {
                    if (table == Quarantine) table.FoundAt(key).AddRefused(offset);
                    else table.FoundAt(key).AddQuarantined(offset);
                });
        }
        catch (SinkException failure)
        {
            foreach (var table in Tables) table.Unreadable ??= $"Its quarantine cannot be read: {failure.Message}";
        }
    }
}
