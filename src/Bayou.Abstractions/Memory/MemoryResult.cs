namespace Bayou.Memory;

/// <summary>Rows of a table in memory.</summary>
[GenerateSerializer, Immutable, Alias("bayou.MemoryResult")]
public sealed record MemoryResult
{
    /// <summary>The rows in the order of their arrival, each a JSON object as <see cref="Sinks.RowJson"/> writes it.</summary>
    [Id(0)] public required string[] Rows { get; init; }

    /// <summary>How many rows fulfilled the condition.</summary>
    [Id(1)] public required long Matched { get; init; }

    /// <summary>How many rows are held.</summary>
    [Id(2)] public required long Held { get; init; }

    /// <summary>How many came since the silo holds the table; those that are not held any more are among them.</summary>
    [Id(3)] public required long Arrived { get; init; }
}
