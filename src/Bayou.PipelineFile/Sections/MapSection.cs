using Bayou.PipelineFile.Keys;
using Bayou.PipelineFile.Values;
using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile.Sections;

/// <summary>A mapping whose keys were checked against what it takes.</summary>
internal sealed class MapSection
{
    private readonly MapNode _map;

    private MapSection(MapNode map) => _map = map;

    /// <summary>The mapping; null, reported at <paramref name="at"/>, when the value is none.</summary>
    /// <param name="at">The key that the mapping belongs to.</param>
    /// <param name="node">The value.</param>
    /// <param name="table">The keys that it takes.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="passes">Which further keys are taken as they are, and how messages call them; null for none.</param>
    /// <param name="isGiven">True for a required key that is given in another form.</param>
    public static MapSection? Open(
        FileNode at, FileNode node, KeyTable table, ProblemList problems, (Func<string, bool> Allows, string Text)? passes = null, Func<MapNode, string, bool>? isGiven = null)
    {
        var allowed = string.Join(", ", table.Names) + (passes is { } p ? $", {p.Text}" : "");
        if (node is not MapNode map)
        {
            if (node is not ScalarNode { IsBroken: true }) problems.Add(at, $"{table.Title} is a mapping, not {node.Describe()}; allowed keys: {allowed}");
            return null;
        }
        foreach (var entry in map.Entries)
        {
            if (table.Names.Contains(entry.Name) || passes?.Allows(entry.Name) == true) continue;
            problems.Add(entry.Key, $"unknown key {entry.Key.Shown} in {table.Title}{NearestName.Hint(entry.Name, table.Names)}; allowed: {allowed}");
        }
        foreach (var key in table.Keys)
        {
            if (!key.Required || map.Find(key.Name) is not null || isGiven?.Invoke(map, key.Name) == true) continue;
            problems.Add(at, $"{table.Title} needs the key '{key.Name}'");
        }
        return new MapSection(map);
    }

    public IReadOnlyList<MapEntry> Entries => _map.Entries;

    public MapEntry? Entry(string name) => _map.Find(name);

    public FileNode? this[string name] => _map.Find(name)?.Value;
}
