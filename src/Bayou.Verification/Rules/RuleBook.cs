using Bayou.Definitions;

namespace Bayou.Verification.Rules;

/// <summary>All versions of a definition that are known, the tables that they describe, and which rules each table has at which offset. Immutable.</summary>
public sealed class RuleBook
{
    private RuleBook(IReadOnlyList<RuleVersion> versions, IReadOnlyList<Lineage> lineages) => (Versions, Lineages) = (versions, lineages);

    /// <summary>The versions, ascending.</summary>
    public IReadOnlyList<RuleVersion> Versions { get; }

    /// <summary>The tables: those of the newest version in its order, the table of unreadable and unmatched records, then those that were removed.</summary>
    public IReadOnlyList<Lineage> Lineages { get; }

    /// <summary>A book of the versions given, of which the last is in force.</summary>
    public static RuleBook Create(IEnumerable<RuleVersion> versions)
    {
        RuleVersion[] ascending = [.. versions.OrderBy(version => version.Version)];
        var lineages = new List<Lineage>();
        for (var version = 0; version < ascending.Length; version++)
        {
            var tables = TablesOf(ascending[version].Definition);
            var names = tables.Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
            for (var place = 0; place < tables.Length; place++)
            {
                var table = tables[place];
                var lineage = lineages.Find(each => each.Names[^1] == table.Name)
                    ?? lineages.Find(each => each.Names[^1] == table.PreviousName && !names.Contains(table.PreviousName));
                if (lineage is null) lineages.Add(lineage = new Lineage(version, ascending.Length));
                lineage.Add(version, place, table);
            }
        }

        return new RuleBook(ascending, [.. lineages.OrderBy(lineage => (uint)lineage.PlaceIn(ascending.Length - 1))]);
    }

    /// <summary>Offset of a partition from which on it is known which version was in force; <see cref="long.MaxValue"/> when it is known nowhere.</summary>
    public long KnownFrom(string partition)
    {
        var known = long.MaxValue;
        for (var version = Versions.Count - 1; version >= 0; version--)
        {
            if (Versions[version].FloorOf(partition) is not { } floor) break;
            known = floor;
            if (version > 0 && Versions[version - 1].Version != Versions[version].Version - 1) break;
        }

        return known;
    }

    /// <summary>The segments of a partition, ascending and without a gap, from 0 to the end of all offsets.</summary>
    public IReadOnlyList<RuleSegment> Segments(string partition)
    {
        var segments = new List<RuleSegment>();
        for (var version = 0; version < Versions.Count; version++)
        {
            var from = version == 0 ? 0 : Versions[version].FloorOf(partition) ?? 0;
            while (segments.Count > 0 && segments[^1].From >= from) segments.RemoveAt(segments.Count - 1);
            if (segments.Count > 0) segments[^1] = segments[^1] with { Next = from };
            int[] rules = [.. Lineages.Select(lineage => RulesOf(lineage, version))];
            segments.Add(new RuleSegment(segments.Count == 0 ? 0 : from, long.MaxValue, rules, [.. rules.Where(rule => rule >= 0).Distinct()]));
        }

        return segments;
    }

    // A table that was added with what came before has its first rules there, too.
    private static int RulesOf(Lineage lineage, int version) =>
        lineage.PlaceIn(version) >= 0 ? version : version < lineage.First && lineage.Backfilled ? lineage.First : -1;

    private static TableDefinition[] TablesOf(PipelineDefinition definition) =>
        [.. definition.Tables, QuarantineTable.Create(definition.Quarantine)];
}
