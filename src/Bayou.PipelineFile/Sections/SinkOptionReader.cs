using Bayou.Definitions;
using Bayou.PipelineFile.Values;
using Bayou.PipelineFile.Yaml;
using Bayou.Sinks;

namespace Bayou.PipelineFile.Sections;

/// <summary>Reads one option of a sink, as its type says.</summary>
internal static class SinkOptionReader
{
    /// <summary>Puts the option's value into <paramref name="options"/>; false when it was wrong, which is reported.</summary>
    public static bool Read(ReadContext context, SinkOption option, FileNode node, IReadOnlyList<string>? columns, Dictionary<string, string> options)
    {
        var problems = context.Problems;
        var name = option.Name;
        if (option.Type == SinkOptionType.ColumnList) return ReadColumns(problems, name, node, columns, options);

        var value = option.Type switch
        {
            SinkOptionType.Path => ReadPath(context, name, node),
            SinkOptionType.Flag => ScalarReader.Flag(node, name, problems) is { } flag ? (flag ? "true" : "false") : null,
            SinkOptionType.Duration => ScalarReader.Duration(node, name, TimeSpan.Zero, TimeSpan.MaxValue, problems) is null ? null : ((ScalarNode)node).Text,
            SinkOptionType.Number => ReadNumber(problems, name, node),
            _ => ScalarReader.Text(node, name, problems),
        };
        if (value is null) return false;
        options[name] = value;
        return true;
    }

    private static string? ReadNumber(ProblemList problems, string name, FileNode node)
    {
        if (ScalarReader.Text(node, name, problems) is not { } text) return null;
        if (WholeNumber.TryParse(text, out _)) return text;
        problems.Add(node, $"'{name}' cannot be {node.Describe()}; allowed: a whole number");
        return null;
    }

    // Addresses such as s3://bucket/folder are no paths of this machine and stay as they are.
    private static string? ReadPath(ReadContext context, string name, FileNode node)
    {
        if (ScalarReader.Text(node, name, context.Problems) is not { } text) return null;
        if (text.Contains("://", StringComparison.Ordinal)) return text.TrimEnd('/');
        if (!text.Any(char.IsControl)) return Path.TrimEndingDirectorySeparator(Path.GetFullPath(text, context.Folder));
        context.Problems.Add(node, $"'{name}' is a path with a control character in it");
        return null;
    }

    private static bool ReadColumns(ProblemList problems, string name, FileNode node, IReadOnlyList<string>? columns, Dictionary<string, string> options)
    {
        if (ScalarReader.TextList(node, name, problems) is not { } items) return false;
        if (columns is null) return true;
        var good = true;
        for (var i = 0; i < items.Count; i++)
        {
            var (item, text) = items[i];
            options[$"{name}:{i}"] = text;
            if (columns.Contains(text)) continue;
            problems.Add(item, $"'{name}' names {item.Shown}, which is no column of this table{NearestName.Hint(item.Raw, columns)}; allowed: {string.Join(", ", columns)}");
            good = false;
        }
        return good;
    }
}
