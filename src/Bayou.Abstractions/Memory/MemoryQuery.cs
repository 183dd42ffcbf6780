namespace Bayou.Memory;

/// <summary>Which rows of a table in memory are wanted.</summary>
[GenerateSerializer, Immutable, Alias("bayou.MemoryQuery")]
public sealed record MemoryQuery
{
    /// <summary>
    /// Conditions joined by <c>and</c>, each <c>column operator value</c> or <c>column is [not] null</c>; null for all rows. Operators: <c>= != &lt; &lt;= &gt; &gt;=</c>. Text, days and
    /// instants stand in single quotes, doubled within. A null fulfils no condition but <c>is null</c>.
    /// </summary>
    [Id(0)] public string? Where { get; init; }

    /// <summary>Most rows to return, the latest ones; at least 1.</summary>
    [Id(1)] public int Limit { get; init; } = 20;
}
