namespace Bayou.Definitions;

/// <summary>One column of a table and where its value is found in the event.</summary>
[GenerateSerializer, Immutable, Alias("bayou.ColumnDefinition")]
public sealed record ColumnDefinition
{
    /// <summary>The column's name in the table.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>The column's type.</summary>
    [Id(1)] public required ColumnType Type { get; init; }

    /// <summary>Path of the value in the event, one property name a level. Never empty.</summary>
    [Id(2)] public required string[] Path { get; init; }

    /// <summary>An event without a value here goes to quarantine; otherwise a missing value is null.</summary>
    [Id(3)] public bool Required { get; init; }
}
