namespace Bayou.Definitions;

/// <summary>What changes when one definition takes over from another, and what about it is refused.</summary>
public sealed record DefinitionChange
{
    /// <summary>True when events become other rows than before, so that a new version is needed.</summary>
    public required bool NeedsNewVersion { get; init; }

    /// <summary>Names of tables that are new.</summary>
    public required IReadOnlyList<string> AddedTables { get; init; }

    /// <summary>Names of tables that are gone. Their cursors are kept.</summary>
    public required IReadOnlyList<string> RemovedTables { get; init; }

    /// <summary>Tables that have another name now: the old name by the new one.</summary>
    public required IReadOnlyDictionary<string, string> RenamedTables { get; init; }

    /// <summary>Columns that are new in a table that stays, by the table's new name. Rows from before have null in them.</summary>
    public required IReadOnlyList<TableColumn> AddedColumns { get; init; }

    /// <summary>Columns that are gone from a table that stays, by the table's new name. Rows have null in them from now on.</summary>
    public required IReadOnlyList<TableColumn> RemovedColumns { get; init; }

    /// <summary>Why the new definition cannot take over, each as a sentence that says what to do; empty when it can.</summary>
    public required IReadOnlyList<string> Refusals { get; init; }

    /// <summary>True when the new definition can take over.</summary>
    public bool IsAllowed => Refusals.Count == 0;
}
