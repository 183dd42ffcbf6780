namespace Bayou.Sources;

/// <summary>Kafka's bounds of a partition's log: it holds <c>[Low, High)</c>.</summary>
[GenerateSerializer, Immutable, Alias("bayou.Watermarks")]
public readonly record struct Watermarks
{
    /// <summary>Bounds <c>[low, high)</c>.</summary>
    public Watermarks(long low, long high) => (Low, High) = (low, high);

    /// <summary>First offset that the source still has.</summary>
    [Id(0)] public long Low { get; init; }

    /// <summary>Where the next record will be written.</summary>
    [Id(1)] public long High { get; init; }
}
