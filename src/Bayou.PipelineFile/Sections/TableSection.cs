using Bayou.Definitions;
using Bayou.PipelineFile.Keys;
using Bayou.PipelineFile.Values;
using Bayou.PipelineFile.Yaml;

namespace Bayou.PipelineFile.Sections;

/// <summary>Reads one table.</summary>
internal static class TableSection
{
    /// <summary>The table, as far as it could be read.</summary>
    /// <param name="context">What the reader shares.</param>
    /// <param name="entry">The table's name and value.</param>
    /// <param name="unmatched">What the route's <c>unmatched</c> says; null when it is not known.</param>
    public static TableBlock Read(ReadContext context, MapEntry entry, string? unmatched)
    {
        var problems = context.Problems;
        var before = problems.Count;
        CheckName(entry, problems);
        if (MapSection.Open(entry.Key, entry.Value, FileKeys.Table, problems) is not { } section) return new TableBlock(entry, null, null);

        var match = ReadMatch(entry, section, unmatched, problems);
        var columns = section.Entry("columns") is { } columnsEntry ? ColumnSection.Read(columnsEntry, problems) : null;
        var commit = section.Entry("commit") is { } commitEntry ? CommitSection.Read(commitEntry, problems) : new CommitPolicy();
        bool? metadata = section["metadata"] is { } m ? ScalarReader.Flag(m, "metadata", problems) : true;
        bool? backfill = section["backfill"] is { } b ? ScalarReader.Flag(b, "backfill", problems) : false;
        var previousName = section["previousName"] is { } p ? ScalarReader.Name(p, "previousName", problems) : null;
        if (previousName == entry.Name) problems.Add(section["previousName"]!, "'previousName' is the table's own name; leave it out, or give the name that it had before");

        var sink = section.Entry("sink") is { } sinkEntry ? SinkSection.Read(context, sinkEntry, ColumnNames(section, metadata ?? true)) : null;
        if (problems.Count > before || match is null || columns is null || commit is null || metadata is null || backfill is null || sink is null)
            return new TableBlock(entry, null, sink);

        var table = new TableDefinition
        {
            Name = entry.Name,
            Match = match,
            Columns = columns,
            Sink = sink.Definition,
            Commit = commit,
            Metadata = metadata.Value,
            PreviousName = previousName,
            Backfill = backfill.Value,
        };
        SinkSection.Validate(sink, table, problems);
        return new TableBlock(entry, table, sink);
    }

    private static void CheckName(MapEntry entry, ProblemList problems)
    {
        if (entry.Name.StartsWith('_'))
            problems.Add(entry.Key, $"table {entry.Key.Shown} cannot be used: names that start with '_' are reserved");
        else if (entry.Name is RouteDefinition.Quarantine or RouteDefinition.Filter)
            problems.Add(entry.Key, $"table {entry.Key.Shown} cannot be used: 'unmatched' gives this word a meaning of its own");
        else if (!EntityName.IsValid(entry.Name))
            problems.Add(entry.Key, $"{entry.Key.Shown} cannot be a table's name; allowed: {EntityName.Allowed}");
    }

    private static string[]? ReadMatch(MapEntry entry, MapSection section, string? unmatched, ProblemList problems)
    {
        var node = section["match"];
        var match = node is null ? [] : ScalarReader.TextList(node, "match", problems);
        if (match is null) return null;
        if (match.Count == 0 && unmatched is not null && unmatched != entry.Name)
            problems.Add(node ?? entry.Key, $"table {entry.Key.Shown} would take no event: give 'match' at least one value, or name the table in the route's 'unmatched'");
        return [.. match.Select(m => m.Text)];
    }

    // From the file rather than from the columns read, so that one wrong type does not make partitionBy wrong as well.
    private static List<string>? ColumnNames(MapSection section, bool metadata)
    {
        if (section["columns"] is not MapNode columns) return null;
        return [.. columns.Entries.Select(c => c.Name), .. metadata ? Metadata : []];
    }

    /// <summary>Names of the columns that every row carries unless switched off.</summary>
    public static readonly string[] Metadata = [MetadataColumns.Topic, MetadataColumns.Partition, MetadataColumns.Offset, MetadataColumns.Timestamp];
}
