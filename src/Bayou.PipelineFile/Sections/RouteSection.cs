using Bayou.Definitions;
using Bayou.PipelineFile.Keys;
using Bayou.PipelineFile.Values;
using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile.Sections;

/// <summary>Reads how a table is chosen for an event.</summary>
internal static class RouteSection
{
    /// <summary>The route; null when something was wrong with it, which is reported.</summary>
    /// <param name="entry">The key <c>route</c> and its value.</param>
    /// <param name="tables">Names of the tables; null when they are not known.</param>
    /// <param name="problems">Where problems go.</param>
    public static RouteDefinition? Read(MapEntry entry, IReadOnlyList<string>? tables, ProblemList problems)
    {
        if (MapSection.Open(entry.Key, entry.Value, FileKeys.Route, problems) is not { } section) return null;
        var field = section["field"] is { } fieldNode ? ScalarReader.FieldPath(fieldNode, "field", problems) : null;
        var unmatched = RouteDefinition.Quarantine;
        if (section["unmatched"] is { } node)
        {
            if (ScalarReader.Text(node, "unmatched", problems) is not { } text) return null;
            string[] allowed = [RouteDefinition.Quarantine, RouteDefinition.Filter, .. tables ?? []];
            if (tables is not null && !allowed.Contains(text))
            {
                problems.Add(node, $"'unmatched' names {node.Describe()}, which is no table{NearestName.Hint(((ScalarNode)node).Raw, allowed)}; allowed: {string.Join(", ", allowed)}");
                return null;
            }
            unmatched = text;
        }
        return field is null ? null : new RouteDefinition { Field = field, Unmatched = unmatched };
    }
}
