using Bayou.Definitions;
using Bayou.PipelineFile.Keys;
using Bayou.PipelineFile.Values;
using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile.Sections;

/// <summary>Reads the columns of a table.</summary>
internal static class ColumnSection
{
    private const int LongestName = 128;

    /// <summary>The columns in file order; null when something was wrong with one, which is reported.</summary>
    public static ColumnDefinition[]? Read(MapEntry entry, ProblemList problems)
    {
        if (entry.Value is not MapNode { Entries.Count: > 0 } map)
        {
            if (entry.Value is not ScalarNode { IsBroken: true })
                problems.Add(entry.Key, "'columns' is a mapping from names to types with at least one column, such as { user_id: long }");
            return null;
        }
        var columns = new List<ColumnDefinition>();
        var names = new Dictionary<string, MapEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in map.Entries)
        {
            // What is left of a decimal type that was cut at its comma has been told where it begins.
            if (ColumnTypeText.IsCutScale(item.Name) && item.Value is ScalarNode { IsNull: true }) continue;
            CheckName(item, problems);
            if (!names.TryAdd(item.Name, item))
                problems.Add(item.Key, $"column {item.Key.Shown} differs from {names[item.Name].Key.Shown} in line {names[item.Name].Key.Line} only in upper and lower case");
            if (ReadColumn(item, problems) is { } column) columns.Add(column);
        }
        return columns.Count == map.Entries.Count ? [.. columns] : null;
    }

    private static void CheckName(MapEntry item, ProblemList problems)
    {
        if (item.Name.StartsWith('_'))
            problems.Add(item.Key, $"column {item.Key.Shown} cannot be used: names that start with '_' are reserved for the columns that Bayou adds");
        else if (item.Name.Length is 0 or > LongestName || item.Name.Any(char.IsControl))
            problems.Add(item.Key, $"{item.Key.Shown} cannot be a column's name; allowed: 1 to {LongestName} characters, none of them a control character");
    }

    private static ColumnDefinition? ReadColumn(MapEntry item, ProblemList problems)
    {
        if (item.Value is ScalarNode { IsNull: true })
        {
            problems.Add(item.Key, $"column {item.Key.Shown} has no type; allowed: {string.Join(", ", ColumnTypeText.Names)}");
            return null;
        }
        if (item.Value is not MapNode map)
        {
            return ReadType(item.Value, item.Name, problems) is { } only
                ? new ColumnDefinition { Name = item.Name, Type = only, Path = [item.Name] }
                : null;
        }
        if (MapSection.Open(item.Key, WithoutCutScale(map), FileKeys.Column, problems) is not { } section) return null;
        var type = section["type"] is { } typeNode ? ReadType(typeNode, "type", problems) : null;
        var path = section["from"] is { } from ? ScalarReader.FieldPath(from, "from", problems) : [item.Name];
        bool? required = section["required"] is { } flag ? ScalarReader.Flag(flag, "required", problems) : false;
        return type is null || path is null || required is null
            ? null
            : new ColumnDefinition { Name = item.Name, Type = type.Value, Path = path, Required = required.Value };
    }

    private static ColumnType? ReadType(FileNode node, string key, ProblemList problems)
    {
        if (ScalarReader.Text(node, key, problems) is not { } text) return null;
        if (ColumnTypeText.Parse(text, node.Describe(), out var error) is { } type) return type;
        problems.Add(node, error);
        return null;
    }

    private static MapNode WithoutCutScale(MapNode map)
    {
        if (map.Find("type")?.Value is not ScalarNode type || !ColumnTypeText.IsCutDecimal(type.Raw)) return map;
        var rest = new MapNode(map.Line, map.Column);
        foreach (var entry in map.Entries)
        {
            if (!ColumnTypeText.IsCutScale(entry.Name)) rest.TryAdd(entry);
        }
        return rest;
    }
}
