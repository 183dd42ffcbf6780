namespace Bayou.Grains.Partitions;

/// <summary>What a partition tells the catch-up of one of its tables.</summary>
[GenerateSerializer, Immutable, Alias("bayou.CatchUpDirective")]
public readonly record struct CatchUpDirective
{
    /// <summary>False when the catch-up is over: the table is live again, or another episode has begun.</summary>
    [Id(0)] public bool GoOn { get; init; }

    /// <summary>The partition's position: catch-up delivers up to here and no further.</summary>
    [Id(1)] public long Position { get; init; }

    /// <summary>True when the partition holds at that position, for a second at most.</summary>
    [Id(2)] public bool Holding { get; init; }
}
