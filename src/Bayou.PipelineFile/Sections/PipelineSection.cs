using Bayou.Definitions;
using Bayou.PipelineFile.Keys;
using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile.Sections;

/// <summary>Reads the whole file, and checks what concerns several of its parts.</summary>
internal static class PipelineSection
{
    /// <summary>The pipeline; null when something was wrong, which is reported.</summary>
    public static PipelineDefinition? Read(ReadContext context, FileNode root)
    {
        var problems = context.Problems;
        if (MapSection.Open(root, root, FileKeys.Pipeline, problems) is not { } section) return null;

        var name = section["name"] is { } n ? ScalarReader.Name(n, "name", problems) : null;
        var previousName = section["previousName"] is { } p ? ScalarReader.Name(p, "previousName", problems) : null;
        if (name is not null && previousName == name)
            problems.Add(section["previousName"]!, "'previousName' is the pipeline's own name; leave it out, or give the name that it had before");
        var source = section.Entry("source") is { } s ? SourceSection.Read(context, s) : null;
        var tableMap = section["tables"] as MapNode;
        var route = section.Entry("route") is { } r ? RouteSection.Read(r, tableMap?.Entries.Select(t => t.Name).ToList(), problems) : null;
        var quarantine = section.Entry("quarantine") is { } q ? ReadQuarantine(context, q) : null;
        var tables = section.Entry("tables") is { } t ? ReadTables(context, t, route?.Unmatched) : [];

        CheckDestinations(quarantine, tables, problems);
        CheckPreviousNames(tables, problems);
        var definitions = tables.Select(table => table.Definition).OfType<TableDefinition>().ToArray();
        if (problems.Count > 0 || name is null || source is null || route is null || quarantine is null || definitions.Length < tables.Count) return null;
        return new PipelineDefinition
        {
            Name = name,
            PreviousName = previousName,
            Source = source,
            Route = route,
            Quarantine = quarantine.Definition,
            Tables = definitions,
        };
    }

    private static SinkBlock? ReadQuarantine(ReadContext context, MapEntry entry)
    {
        var columns = QuarantineTable.Columns.Select(c => c.Name).Concat(TableSection.Metadata).ToList();
        var sink = SinkSection.Read(context, entry, columns);
        if (sink is not null) SinkSection.Validate(sink, QuarantineTable.Create(sink.Definition), context.Problems);
        return sink;
    }

    private static List<TableBlock> ReadTables(ReadContext context, MapEntry entry, string? unmatched)
    {
        if (entry.Value is MapNode { Entries.Count: > 0 } map) return [.. map.Entries.Select(table => TableSection.Read(context, table, unmatched))];
        if (entry.Value is not ScalarNode { IsBroken: true })
            context.Problems.Add(entry.Key, "'tables' is a mapping from names to tables with at least one table");
        return [];
    }

    // Two writers in one place would overwrite each other's cursors.
    private static void CheckDestinations(SinkBlock? quarantine, List<TableBlock> tables, ProblemList problems)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, path) in quarantine?.Destinations ?? []) owners[path] = "the quarantine";
        foreach (var table in tables)
        {
            foreach (var (node, path) in table.Sink?.Destinations ?? [])
            {
                if (!owners.TryAdd(path, $"table {table.Entry.Key.Shown}"))
                    problems.Add(node, $"table {table.Entry.Key.Shown} would write to the same place as {owners[path]}; give each its own");
            }
        }
    }

    private static void CheckPreviousNames(List<TableBlock> tables, ProblemList problems)
    {
        var names = tables.Select(t => t.Entry.Name).ToHashSet(StringComparer.Ordinal);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            if (table.Definition?.PreviousName is not { } previous) continue;
            var node = ((MapNode)table.Entry.Value).Find("previousName")!.Value;
            if (names.Contains(previous))
                problems.Add(node, $"'previousName' is {node.Describe()}, a table that this file has; a renamed table's old name must be gone");
            else if (!taken.TryAdd(previous, table.Entry.Key.Shown))
                problems.Add(node, $"'previousName' is {node.Describe()}, which table {taken[previous]} gives as well");
        }
    }
}
