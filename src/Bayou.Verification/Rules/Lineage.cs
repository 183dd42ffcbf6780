using Bayou.Definitions;

namespace Bayou.Verification.Rules;

/// <summary>A table through all versions of a definition, under whatever names it had: one destination with one ledger.</summary>
public sealed class Lineage
{
    private readonly int[] _targets;

    internal Lineage(int first, int versions)
    {
        First = first;
        _targets = new int[versions];
        Array.Fill(_targets, -1);
    }

    /// <summary>Index of the version that the table was added in.</summary>
    public int First { get; }

    /// <summary>The names it had, oldest first.</summary>
    public List<string> Names { get; } = [];

    /// <summary>The table as the newest version that has it defines it.</summary>
    public TableDefinition Table { get; private set; } = null!;

    /// <summary>True when it was added to a pipeline that was there, and has what came before.</summary>
    public bool Backfilled { get; private set; }

    /// <summary>True for the table of unreadable and unmatched records.</summary>
    public bool IsQuarantine => Table.Name == QuarantineTable.Name;

    /// <summary>Its target in a version's routing plan; -1 when that version has no such table.</summary>
    public int TargetIn(int version) => _targets[version];

    internal void Add(int version, int target, TableDefinition table)
    {
        if (Names.Count == 0 || Names[^1] != table.Name)
        {
            Names.Remove(table.Name);
            Names.Add(table.Name);
        }

        if (version == First) Backfilled = version > 0 && table.Backfill;
        (_targets[version], Table) = (target, table);
    }
}
