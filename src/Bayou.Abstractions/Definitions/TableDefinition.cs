namespace Bayou.Definitions;

/// <summary>One table of a pipeline: which events it takes, their columns, and where its rows go.</summary>
[GenerateSerializer, Immutable, Alias("bayou.TableDefinition")]
public sealed record TableDefinition
{
    /// <summary>The table's name, unique in the pipeline: 1 to 128 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, not starting with <c>_</c> or a dot.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Values of the route field that this table takes. Empty for a table that takes only what no other table matches.</summary>
    [Id(1)] public required string[] Match { get; init; }

    /// <summary>The columns, in file order; metadata columns are not among them.</summary>
    [Id(2)] public required ColumnDefinition[] Columns { get; init; }

    /// <summary>The table's sink.</summary>
    [Id(3)] public required SinkDefinition Sink { get; init; }

    /// <summary>When accepted rows are committed.</summary>
    [Id(4)] public CommitPolicy Commit { get; init; } = new();

    /// <summary>Whether rows carry <c>_topic</c>, <c>_partition</c>, <c>_offset</c> and <c>_timestamp</c>. Without <c>_offset</c> the ledger cannot check the table.</summary>
    [Id(5)] public bool Metadata { get; init; } = true;

    /// <summary>The name this table had in the version before, when it was renamed.</summary>
    [Id(6)] public string? PreviousName { get; init; }

    /// <summary>For a table that is added to a running pipeline: whether it starts at the pipeline's start (true) or where the others are (false).</summary>
    [Id(7)] public bool Backfill { get; init; }
}
