using Bayou.Definitions;

namespace Bayou.Verification.Rules;

/// <summary>A table through all versions of a definition, under whatever names it had: one destination with one ledger.</summary>
public sealed class Lineage
{
    private readonly int[] _places;
    private readonly string?[] _names;

    internal Lineage(int first, int versions)
    {
        First = first;
        _places = new int[versions];
        _names = new string?[versions];
        Array.Fill(_places, -1);
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

    /// <summary>Its place among a version's tables, as its file has them; -1 when that version has no such table.</summary>
    public int PlaceIn(int version) => _places[version];

    /// <summary>Its name in a version; null when that version has no such table.</summary>
    public string? NameIn(int version) => _names[version];

    internal void Add(int version, int place, TableDefinition table)
    {
        if (Names.Count == 0 || Names[^1] != table.Name)
        {
            Names.Remove(table.Name);
            Names.Add(table.Name);
        }

        if (version == First) Backfilled = version > 0 && table.Backfill;
        (_places[version], _names[version], Table) = (place, table.Name, table);
    }
}
