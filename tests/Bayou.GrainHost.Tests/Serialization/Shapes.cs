using System.Collections.Immutable;
using Orleans;

namespace Bayou.GrainHost.Tests;

[GenerateSerializer]
public record BaseShape(string Name)
{
    [Id(0)]
    public int Extra { get; init; }
}

[GenerateSerializer]
[Alias("test.square")]
public sealed record Square(string Name, [property: Id(5)] double Side) : BaseShape(Name)
{
    [Id(0)]
    public int? Own { get; init; }
}

[GenerateSerializer]
public readonly record struct Point(int X, long Y);

[GenerateSerializer]
public enum Color : byte
{
    Red,
    Blue = 200,
}

[GenerateSerializer]
public sealed class Everything
{
    [Id(0)] private readonly int _hidden;

    public Everything(int hidden) => _hidden = hidden;

    public int Hidden => _hidden;

    [Id(1)] public Dictionary<string, BaseShape?> Shapes { get; init; } = [];

    [Id(2)] public ImmutableArray<Point> Points { get; init; }

    [Id(3)] public ReadOnlyMemory<Point> Memory { get; init; }

    [Id(4)] public (int Number, string? Text) Pair { get; init; }

    [Id(5)] public object? Anything { get; init; }

    [Id(6)] public IReadOnlyList<Color>? Colors { get; init; }

    [Id(7)] public decimal Decimal { get; init; }

    [Id(8)] public Int128 Big { get; init; }

    [Id(9)] public DateTimeOffset When { get; init; }

    [Id(10)] public DateOnly Day { get; init; }

    [Id(11)] public HashSet<Guid>? Guids { get; init; }

    [Id(12)] public ArraySegment<byte> Segment { get; init; }

    [Id(13)] public Uri? Address { get; init; }

    [Id(14)] public Everything? Inner { get; set; }

    [Id(15)] public ImmutableDictionary<int, string[]>? Map { get; init; }

    [Id(16)] public TimeSpan? Span { get; init; }
}
