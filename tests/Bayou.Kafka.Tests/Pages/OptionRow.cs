using System.Text.RegularExpressions;

namespace Bayou.Kafka.Tests.Pages;

/// <summary>A row of the page's table of options.</summary>
/// <param name="Names">The option's names.</param>
/// <param name="Takes">What it takes.</param>
/// <param name="Default">What holds without it.</param>
internal sealed partial record OptionRow(IReadOnlyList<string> Names, string Takes, string Default)
{
    /// <summary>What the default is when it is a value; null when it is told in words.</summary>
    public string? DefaultValue => InCode(Default) is [var value] ? value : null;

    /// <summary>What a message about a wrong value says must be given instead; null when any text will do.</summary>
    public string? Allowed
    {
        get
        {
            if (Range().Match(Takes) is { Success: true } range)
                return $"a whole number from {range.Groups["min"].Value} to {(range.Groups["max"].Success ? range.Groups["max"].Value : $"{long.MaxValue}")}";
            return InCode(Takes) is { Count: > 1 } words ? $"one of {string.Join(", ", words.Select(word => $"'{word}'"))}" : null;
        }
    }

    /// <summary>The rows of a table.</summary>
    public static IReadOnlyList<OptionRow> Parse(string section) =>
    [
        .. section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split(" | "))
            .Select(cells => new OptionRow(InCode(cells[0]), cells[1], cells[2])),
    ];

    /// <summary>What stands between backticks.</summary>
    public static IReadOnlyList<string> InCode(string text) => [.. Code().Matches(text).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?<min>-?\d+) (to (?<max>\d+)|or more)$")]
    private static partial Regex Range();
}
