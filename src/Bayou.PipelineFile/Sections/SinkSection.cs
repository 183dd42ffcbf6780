using Bayou.Definitions;
using Bayou.PipelineFile.Keys;
using Bayou.PipelineFile.Values;
using Bayou.PipelineFile.Yaml;
using Bayou.Sinks;

namespace Bayou.PipelineFile.Sections;

/// <summary>Reads a sink: a mapping with one key, the kind, and its options below.</summary>
internal static class SinkSection
{
    private const string TableOption = "table";

    /// <summary>The sink; null when something was wrong with it, which is reported.</summary>
    /// <param name="context">What the reader shares.</param>
    /// <param name="entry">The key <c>sink</c> or <c>quarantine</c> and its value.</param>
    /// <param name="columns">Names that a list of columns may hold; null when they are not known.</param>
    public static SinkBlock? Read(ReadContext context, MapEntry entry, IReadOnlyList<string>? columns)
    {
        var problems = context.Problems;
        var kinds = context.Sinks.Select(s => s.Kind).Order(StringComparer.Ordinal).ToList();
        if (KindSection.Read(entry, "sink", kinds, problems) is not { } kind) return null;

        var factory = context.Sinks.First(s => s.Kind == kind.Name);
        var empty = kind.Value is ScalarNode { IsNull: true };
        var keys = new KeyTable($"a {factory.Kind} sink", [.. factory.Options.Select(o => new FileKey(o.Name, KeyShape.Text, o.Description) { Required = o.Required })]);
        var before = problems.Count;
        if (MapSection.Open(kind.Key, empty ? new MapNode(kind.Key.Line, kind.Key.Column) : kind.Value, keys, problems) is not { } section) return null;

        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var destinations = new List<(FileNode, string)>();
        var broken = false;
        foreach (var option in factory.Options)
        {
            if (section[option.Name] is not { } node) continue;
            if (!SinkOptionReader.Read(context, option, node, columns, options)) broken = true;
            else if (option is { Type: SinkOptionType.Path, Required: true }) destinations.Add((node, options[option.Name]));
        }
        if (broken || problems.Count > before) return null;
        // A table of a database is a place together with all that says which database.
        if (section[TableOption] is { } table) destinations.Add((table, string.Join('\n', factory.Options.Where(option => option.Required).Select(option => options.GetValueOrDefault(option.Name)).Prepend(factory.Kind))));
        return new SinkBlock(new SinkDefinition { Kind = factory.Kind, Options = options }, factory, kind.Key, destinations);
    }

    /// <summary>Reports what the sink itself finds wrong with its table.</summary>
    public static void Validate(SinkBlock sink, TableDefinition table, ProblemList problems)
    {
        foreach (var sentence in sink.Factory.Validate(table)) problems.Add(sink.Kind, sentence);
    }
}
