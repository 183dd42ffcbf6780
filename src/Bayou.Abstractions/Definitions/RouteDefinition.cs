namespace Bayou.Definitions;

/// <summary>How a table is chosen for an event.</summary>
[GenerateSerializer, Immutable, Alias("bayou.RouteDefinition")]
public sealed record RouteDefinition
{
    /// <summary><see cref="Unmatched"/> value: events that match no table go to quarantine.</summary>
    public const string Quarantine = "quarantine";

    /// <summary><see cref="Unmatched"/> value: events that match no table are dropped on purpose.</summary>
    public const string Filter = "filter";

    /// <summary>Path of the discriminator in the event, one property name a level.</summary>
    [Id(0)] public required string[] Field { get; init; }

    /// <summary><see cref="Quarantine"/>, <see cref="Filter"/>, or the name of the table that takes what no other table matches.</summary>
    [Id(1)] public string Unmatched { get; init; } = Quarantine;
}
