using Bayou.Definitions;
using Bayou.PipelineFile.Keys;
using Bayou.PipelineFile.Values;
using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile.Sections;

/// <summary>Reads where the source starts: a word, an instant, or a mapping with <c>timestamp</c> or <c>offsets</c>.</summary>
internal static class StartSection
{
    /// <summary>The position; null when it was wrong, which is reported.</summary>
    public static StartPosition? Read(FileNode node, string[]? topics, ProblemList problems)
    {
        if (node is MapNode map) return ReadMap(map, topics, problems);
        if (ScalarReader.Text(node, "start", problems) is not { } text) return null;
        switch (text)
        {
            case "earliest": return new StartPosition();
            case "latest": return new StartPosition { Kind = StartKind.Latest };
        }
        // A bare number could be an offset as well as a time; only the mapping says which.
        if (!WholeNumber.TryParse(text, out _) && InstantText.TryParse(text, out var time)) return At(time);
        problems.Add(node, $"'start' cannot be {node.Describe()}{NearestName.Hint(((ScalarNode)node).Raw, ["earliest", "latest"])}; allowed: earliest, latest, an ISO 8601 time, {{ timestamp: ... }}, {{ offsets: {{ \"topic/0\": 123 }} }}");
        return null;
    }

    private static StartPosition? ReadMap(MapNode map, string[]? topics, ProblemList problems)
    {
        var before = problems.Count;
        if (MapSection.Open(map, map, FileKeys.Start, problems) is not { } section || problems.Count > before) return null;
        if (map.Entries.Count != 1)
        {
            problems.Add(map, "'start' takes exactly one of timestamp, offsets");
            return null;
        }
        if (section["offsets"] is { } offsets) return ReadOffsets(offsets, topics, problems);

        var node = section["timestamp"]!;
        if (ScalarReader.Text(node, "timestamp", problems) is not { } text) return null;
        if (InstantText.TryParse(text, out var time)) return At(time);
        problems.Add(node, $"'timestamp' cannot be {node.Describe()}; allowed: {InstantText.Allowed}");
        return null;
    }

    private static StartPosition At(long time) => new() { Kind = StartKind.Timestamp, TimestampMilliseconds = time };

    private static StartPosition? ReadOffsets(FileNode node, string[]? topics, ProblemList problems)
    {
        if (node is not MapNode map || map.Entries.Count == 0)
        {
            problems.Add(node, "'offsets' is a mapping from topic/partition to an offset, such as { \"events/0\": 123 }");
            return null;
        }
        var offsets = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var slash = entry.Name.LastIndexOf('/');
            if (slash < 1 || !WholeNumber.TryParse(entry.Name[(slash + 1)..], out var partition) || partition is < 0 or > int.MaxValue || entry.Name != $"{entry.Name[..slash]}/{partition}")
                problems.Add(entry.Key, $"{entry.Key.Shown} is not topic/partition; allowed: a topic's name, a slash and the partition's number, such as \"events/0\"");
            else if (topics is not null && !topics.Contains(entry.Name[..slash]))
                problems.Add(entry.Key, $"{entry.Key.Shown} is not a partition of a topic of this source; allowed topics: {string.Join(", ", topics)}");
            else if (ScalarReader.Text(entry.Value, entry.Name, problems) is not { } text)
                continue;
            else if (!WholeNumber.TryParse(text, out var offset) || offset < 0)
                problems.Add(entry.Value, $"{entry.Value.Describe()} is not an offset; allowed: a whole number, 0 or more");
            else
                offsets[entry.Name] = offset;
        }
        return offsets.Count == map.Entries.Count ? new StartPosition { Kind = StartKind.Offsets, Offsets = offsets } : null;
    }
}
