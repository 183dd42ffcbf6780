using Bayou.Definitions;
using Bayou.PipelineFile.Values;
using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile.Sections;

/// <summary>Reads single values and lists of them. A null result has been reported.</summary>
internal static class ScalarReader
{
    public static string? Text(FileNode node, string key, ProblemList problems)
    {
        if (node is not ScalarNode scalar)
        {
            problems.Add(node, $"'{key}' takes a single value, not {node.Describe()}");
            return null;
        }
        if (scalar.IsBroken) return null;
        if (!scalar.IsNull && scalar.Text.Length > 0) return scalar.Text;
        problems.Add(node, $"'{key}' has no value; give it one or leave the key out");
        return null;
    }

    /// <summary>A single text or a list of texts, each once, with their places: those that could be read. Null when there are some and none could be.</summary>
    public static List<(ScalarNode Node, string Text)>? TextList(FileNode node, string key, ProblemList problems)
    {
        var items = node is ListNode list ? list.Items : [node];
        var result = new List<(ScalarNode, string)>(items.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (Text(item, key, problems) is not { } text) continue;
            if (seen.Add(text)) result.Add(((ScalarNode)item, text));
            else problems.Add(item, $"{item.Describe()} is given twice in '{key}'");
        }
        return result.Count > 0 || items.Count == 0 ? result : null;
    }

    public static bool? Flag(FileNode node, string key, ProblemList problems)
    {
        if (Text(node, key, problems) is not { } text) return null;
        if (text is "true" or "false") return text == "true";
        problems.Add(node, $"'{key}' cannot be {node.Describe()}; allowed: true, false");
        return null;
    }

    public static TimeSpan? Duration(FileNode node, string key, TimeSpan least, TimeSpan most, ProblemList problems)
    {
        if (Text(node, key, problems) is not { } text) return null;
        if (!DurationText.TryParse(text, out var duration))
            problems.Add(node, $"'{key}' cannot be {node.Describe()}; allowed: {DurationText.Allowed}");
        else if (duration < least || duration > most)
            problems.Add(node, $"'{key}' cannot be {node.Describe()}; allowed: {DurationText.Format(least)} to {DurationText.Format(most)}");
        else
            return duration;
        return null;
    }

    public static long? Size(FileNode node, string key, long least, string leastText, ProblemList problems)
    {
        if (Text(node, key, problems) is not { } text) return null;
        if (!SizeText.TryParse(text, out var bytes))
            problems.Add(node, $"'{key}' cannot be {node.Describe()}; allowed: {SizeText.Allowed}");
        else if (bytes < least)
            problems.Add(node, $"'{key}' cannot be {node.Describe()}; allowed: {leastText} and more");
        else
            return bytes;
        return null;
    }

    public static long? Count(FileNode node, string key, ProblemList problems)
    {
        if (Text(node, key, problems) is not { } text) return null;
        if (WholeNumber.TryParse(text, out var count) && count >= 1) return count;
        problems.Add(node, $"'{key}' cannot be {node.Describe()}; allowed: a whole number, 1 or more");
        return null;
    }

    public static string? Choice(FileNode node, string key, IReadOnlyList<string> choices, ProblemList problems)
    {
        if (Text(node, key, problems) is not { } text) return null;
        if (choices.Contains(text)) return text;
        problems.Add(node, $"'{key}' cannot be {node.Describe()}{NearestName.Hint(((ScalarNode)node).Raw, choices)}; allowed: {string.Join(", ", choices)}");
        return null;
    }

    /// <summary>The name of a pipeline or table.</summary>
    public static string? Name(FileNode node, string key, ProblemList problems)
    {
        if (Text(node, key, problems) is not { } text) return null;
        if (EntityName.IsValid(text)) return text;
        problems.Add(node, $"'{key}' cannot be {node.Describe()}; allowed: {EntityName.Allowed}");
        return null;
    }

    /// <summary>A path into an event: dotted text, or a list of names taken as they are.</summary>
    public static string[]? FieldPath(FileNode node, string key, ProblemList problems)
    {
        string[]? path;
        string error;
        if (node is ListNode list)
        {
            path = [.. list.Items.Select(item => Text(item, key, problems)).OfType<string>()];
            if (path.Length < list.Items.Count) return null;
            error = FieldPathText.Check(path, $"'{key}'");
        }
        else
        {
            if (Text(node, key, problems) is not { } text) return null;
            path = FieldPathText.Parse(text, node.Describe(), out error);
        }
        if (error.Length == 0) return path;
        problems.Add(node, error);
        return null;
    }
}
