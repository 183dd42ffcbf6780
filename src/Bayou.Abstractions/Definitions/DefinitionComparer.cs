namespace Bayou.Definitions;

/// <summary>Decides whether a definition may take over from the one in force.</summary>
/// <remarks>
/// Allowed: added and removed tables and columns, renamed tables that say so, other routes, matches, paths and <c>required</c>. A required column may be
/// added, because <c>required</c> is a rule for events and not for the destination, where every column can hold null. Refused is what would
/// make rows of before and after unlike each other, or cut a table from its cursors. Only the two definitions are compared: a column that comes back with another
/// type after it was removed for a while is refused by the sink that still has it.
/// </remarks>
public static class DefinitionComparer
{
    /// <summary>What changes from <paramref name="old"/> to <paramref name="new"/>. Both are valid definitions.</summary>
    public static DefinitionChange Check(PipelineDefinition old, PipelineDefinition @new)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(@new);
        var refusals = new List<string>();
        if (@new.Name != old.Name && @new.PreviousName != old.Name)
            refusals.Add($"The pipeline was named '{old.Name}' and is now named '{@new.Name}'; its cursors carry the old name. Add 'previousName: {old.Name}', or take the old name back.");
        CheckPlace("The quarantine", old.Quarantine, @new.Quarantine, "Keep the place.", refusals);

        var before = old.Tables.ToDictionary(t => t.Name, StringComparer.Ordinal);
        var pairs = @new.Tables.Select(table => (New: table, Old: FindBefore(table, before, refusals))).ToList();
        var kept = pairs.Where(p => p.Old is not null).Select(p => p.Old!.Name).ToHashSet(StringComparer.Ordinal);
        var removed = old.Tables.Where(t => !kept.Contains(t.Name)).ToList();
        var added = pairs.Where(p => p.Old is null).Select(p => p.New).ToList();
        foreach (var table in added) CheckNotRenamed(table, removed, refusals);

        var addedColumns = new List<TableColumn>();
        var removedColumns = new List<TableColumn>();
        foreach (var (table, earlier) in pairs)
        {
            if (earlier is null) continue;
            CheckTable(earlier, table, refusals);
            CompareColumns(earlier, table, addedColumns, removedColumns, refusals);
        }
        return new DefinitionChange
        {
            NeedsNewVersion = DefinitionFingerprint.Compute(old) != DefinitionFingerprint.Compute(@new),
            AddedTables = [.. added.Select(t => t.Name)],
            RemovedTables = [.. removed.Select(t => t.Name)],
            RenamedTables = pairs.Where(p => p.Old is not null && p.Old.Name != p.New.Name).ToDictionary(p => p.New.Name, p => p.Old!.Name, StringComparer.Ordinal),
            AddedColumns = addedColumns,
            RemovedColumns = removedColumns,
            Refusals = refusals,
        };
    }

    // A previous name stays in the file after the take-over; once the table is known by its new name it says nothing more.
    private static TableDefinition? FindBefore(TableDefinition table, Dictionary<string, TableDefinition> before, List<string> refusals)
    {
        if (before.TryGetValue(table.Name, out var same) || table.PreviousName is null) return same;
        if (before.TryGetValue(table.PreviousName, out var renamed)) return renamed;
        refusals.Add($"Table '{table.Name}' says that it was named '{table.PreviousName}', which the definition in force does not have. Correct 'previousName', or leave it out for a table that is new.");
        return null;
    }

    private static void CheckNotRenamed(TableDefinition table, List<TableDefinition> removed, List<string> refusals)
    {
        if (!SinkDestination.IsNamed(table.Sink)) return;
        if (removed.Find(r => SinkDestination.AreSame(r.Sink, table.Sink)) is not { } gone) return;
        refusals.Add($"Table '{gone.Name}' is gone and the new table '{table.Name}' would write to its place ({SinkDestination.Describe(table.Sink)}), where its cursors are. Add 'previousName: {gone.Name}' to '{table.Name}' if it was renamed, or give the new table a place of its own.");
    }

    private static void CheckTable(TableDefinition old, TableDefinition @new, List<string> refusals)
    {
        CheckPlace($"Table '{@new.Name}'", old.Sink, @new.Sink, "Keep the place, or add a new table there with 'backfill: true'.", refusals);
        if (old.Metadata != @new.Metadata)
            refusals.Add($"Table '{@new.Name}' has 'metadata: {Word(@new.Metadata)}' where the definition in force has {Word(old.Metadata)}; rows of before and after would not have the same columns. Keep {Word(old.Metadata)}, or replay into a new table.");
    }

    private static void CheckPlace(string what, SinkDefinition old, SinkDefinition @new, string advice, List<string> refusals)
    {
        if (SinkDestination.AreSame(old, @new)) return;
        refusals.Add($"{what} would move from {SinkDestination.Describe(old)} to {SinkDestination.Describe(@new)}; its cursors are kept in the sink and would be lost. {advice}");
    }

    private static void CompareColumns(TableDefinition old, TableDefinition @new, List<TableColumn> added, List<TableColumn> removed, List<string> refusals)
    {
        var before = old.Columns.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var column in @new.Columns)
        {
            if (!before.Remove(column.Name, out var earlier))
                added.Add(new TableColumn(@new.Name, column.Name));
            else if (earlier.Name != column.Name)
                refusals.Add($"Column '{earlier.Name}' of table '{@new.Name}' is now spelled '{column.Name}', which many destinations take for the same name. Keep the spelling, or choose another name.");
            else if (earlier.Type != column.Type)
                refusals.Add($"Column '{column.Name}' of table '{@new.Name}' would change from {earlier.Type} to {column.Type}; the rows that are there cannot change with it. Keep the type, or add a column with another name and 'from: {column.Name}'.");
        }
        removed.AddRange(old.Columns.Where(c => before.ContainsKey(c.Name)).Select(c => new TableColumn(@new.Name, c.Name)));
    }

    private static string Word(bool flag) => flag ? "true" : "false";
}
