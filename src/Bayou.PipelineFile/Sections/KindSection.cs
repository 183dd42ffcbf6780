using Bayou.PipelineFile.Values;
using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile.Sections;

/// <summary>Reads a mapping with one key, the kind of a sink or source.</summary>
internal static class KindSection
{
    /// <summary>The kind and the value below; null when there is not exactly one that is known, which is reported.</summary>
    public static MapEntry? Read(MapEntry entry, string what, IReadOnlyList<string> kinds, ProblemList problems)
    {
        var allowed = string.Join(", ", kinds);
        if (entry.Value is not MapNode map)
        {
            if (entry.Value is not ScalarNode { IsBroken: true })
                problems.Add(entry.Key, $"'{entry.Name}' is a mapping with one key, the kind of {what}, not {entry.Value.Describe()}; allowed kinds: {allowed}");
            return null;
        }
        if (map.Entries.Count != 1)
        {
            problems.Add(entry.Key, $"'{entry.Name}' names {map.Entries.Count} kinds of {what}, exactly one is needed; allowed kinds: {allowed}");
            return null;
        }
        var kind = map.Entries[0];
        if (kinds.Contains(kind.Name)) return kind;
        problems.Add(kind.Key, $"unknown kind of {what} {kind.Key.Shown}{NearestName.Hint(kind.Name, kinds)}; allowed: {allowed}");
        return null;
    }
}
